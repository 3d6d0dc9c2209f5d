//! Orders for certificates: registered from requests and the facts of registers, approved by an operator, intended, signed.
//!
//! Each step is a plain function inside the unit of work of whoever takes it, a case for one, and harmless when it is taken
//! again. A refusal is a value ([`OrderProblem`]); an error is a fault, which is tried again.

mod approve;
mod finish;
mod ground;
mod intend;
mod judge;
mod problem;
mod refuse;
mod register;
mod sign;

pub use self::{
    approve::{ApproveOrder, check_approval},
    ground::OrderGround,
    intend::{IntendCertificates, intend_certificates},
    judge::{Judge, JudgeError, NotFit, standing},
    problem::OrderProblem,
    register::{NewOrder, RegisterOrder, Wish, register},
};
pub(crate) use intend::intend_for_case;
pub(crate) use sign::sign;
