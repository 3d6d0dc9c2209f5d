//! Use cases: one file is one thing that a person or a timer does, and [`run()`] is the only door to them.
//!
//! A use case states its [`Access`]; [`run()`] lets the caller in, fixes the moment, and hands over a [`Cx`] through which
//! alone the store is reached. What must happen outside is left as a job in the same transaction, and the worker brings
//! the answer back through the same door.

mod access;
mod app;
pub mod authority;
mod cabinet;
mod captcha;
mod cases;
mod catalogue;
mod changes;
pub mod clock;
pub mod conduct;
pub mod desk;
mod entropy;
mod error;
mod journal;
mod numbering;
pub mod payments;
mod people;
pub mod ports;
pub mod printed;
mod record;
mod results;
mod run;
mod secrets;
mod settings;
mod sign_in;
mod signature;
mod work;

pub use access::Access;
pub use app::{App, Employee, Keys, Parts, Ports};
pub use authority::Authorities;
pub use cabinet::{
    CabinetView, ChangeLocale, DataUse, ProfileView, ResultCard, SessionCard, ShowCabinet, ShowDataUse,
    ShowProfile,
};
pub use captcha::{
    Captcha, CaptchaAnswer, CaptchaPicture, CaptchaPolicy, CaptchaRefused, OpenCaptcha, ShowCaptcha,
};
pub use cases::{
    ActionState, ActionView, CodeState, CodeView, ConfirmRequest, ConfirmView, Confirmed, Document,
    EvidenceView, FieldView, FillPage, FormView, LatePaymentView, ListRequests, ListRunning, NextPage,
    PayView, RefusalView, RequestCard, RequestView, RunningVersion, SaveDraft, Seen, SendCodeAgain,
    ShowDocument, ShowRequest, StartCase, StepView, TermView, WithdrawCase,
};
pub use catalogue::{
    Catalogue, ClassView, DownloadRegulation, ListServices, PointView, PublishError, PublishService, Reason,
    Reasons, RefreshCatalogue, RegulationPage, RegulationPart, RejectedView, Renderings, ServiceCard,
    ServicePage, ServiceVersions, ShowRegulation, ShowService, ShowVersions, TryForms, VersionView,
    VersionsView,
};
pub use changes::Changes;
pub use clock::Clock;
pub use desk::{ADMINISTRATOR, HEAD, OFFICER};
pub use entropy::{Draw, Entropy};
pub use error::{DeskProblem, Error, SignatureProblem};
pub use journal::{JournalReport, SealJournal, VerifyJournal};
pub use people::OpenAccount;
#[cfg(feature = "print")]
pub use results::print_regulation;
pub use results::{
    DownloadResult, ProofView, ResultPart, ResultView, ShowResult, SignerView, Verification,
    VerificationOutcome, VerifyDocument, VerifyNumber, check_template,
};
pub use run::{Cx, UseCase, run};
pub use secrets::{SecretError, Secrets};
pub use settings::Settings;
pub use sign_in::{
    Challenge, FindCaller, OpenChallenge, SignInWithEds, SignInWithPassword, SignOut, SignedIn, hash_password,
};
pub use work::{DeadLetter, ListDeadJobs, RecordReceipts, ReviveJob, Sweep, WorkerOptions, work};
