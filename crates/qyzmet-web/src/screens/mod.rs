//! One folder per area of the site; a handler and a template per page.

pub(crate) mod about;
pub(crate) mod authority;
pub(crate) mod cabinet;
pub(crate) mod desk;
pub(crate) mod home;
pub(crate) mod pki;
pub(crate) mod requests;
pub(crate) mod results;
pub(crate) mod services;
pub(crate) mod sign_in;
pub(crate) mod verify;
