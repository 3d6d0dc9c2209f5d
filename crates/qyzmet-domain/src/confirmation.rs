//! What a person does to confirm a request, and which class of service asks for what [R10-A1].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::OtpPurpose;
use crate::classification::Method;

/// One means of confirming a request. Text form: `otp:number`, `otp:confirm`, `eds`, `biometrics`, `number-match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Means {
    /// A one-time password, for one purpose only.
    Otp(OtpPurpose),
    /// The electronic digital signature over exactly the request.
    Eds,
    /// Biometric authentication [R58-6.2b].
    Biometrics,
    /// The number kept by a bank agrees with the one entered [R58-7b].
    NumberMatch,
}

/// A word that names no means of confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a means of confirmation is otp:number, otp:sign-in, otp:confirm, eds, biometrics or number-match")]
pub struct UnknownMeans;

impl Means {
    /// All means, in the order in which a person goes through them.
    pub const ALL: [Self; 6] = [
        Self::Otp(OtpPurpose::Number),
        Self::Otp(OtpPurpose::SignIn),
        Self::Otp(OtpPurpose::Confirm),
        Self::Eds,
        Self::Biometrics,
        Self::NumberMatch,
    ];

    /// The text form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Otp(OtpPurpose::Number) => "otp:number",
            Self::Otp(OtpPurpose::SignIn) => "otp:sign-in",
            Self::Otp(OtpPurpose::Confirm) => "otp:confirm",
            Self::Eds => "eds",
            Self::Biometrics => "biometrics",
            Self::NumberMatch => "number-match",
        }
    }

    /// Whether this means stands for the one that is asked. EDS may stand for the one-time password that confirms a
    /// request [R10-A1.1.4], never for the one that proves a number [R58-5.2b].
    #[must_use]
    pub fn stands_for(self, asked: Self) -> bool {
        self == asked || (self == Self::Eds && asked == Self::Otp(OtpPurpose::Confirm))
    }
}

/// What is asked and not covered by what was given; nothing when the request is confirmed.
#[must_use]
pub fn missing(asked: &[Means], given: &[Means]) -> Vec<Means> {
    let open = |need: &&Means| !given.iter().any(|has| has.stands_for(**need));
    asked.iter().filter(open).copied().collect()
}

impl Method {
    /// The means that this method asks for besides the sign-in [R10-A1.1.1, R10-A1.1.2, R10-A1.1.3].
    #[must_use]
    pub fn means(self) -> &'static [Means] {
        match self {
            Self::Password => &[],
            Self::Otp => &[Means::Otp(OtpPurpose::Confirm)],
            Self::Eds => &[Means::Eds],
        }
    }
}

impl fmt::Display for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Means {
    type Err = UnknownMeans;

    fn from_str(text: &str) -> Result<Self, UnknownMeans> {
        Self::ALL.into_iter().find(|means| means.as_str() == text).ok_or(UnknownMeans)
    }
}

impl TryFrom<String> for Means {
    type Error = UnknownMeans;

    fn try_from(text: String) -> Result<Self, UnknownMeans> {
        text.parse()
    }
}

impl From<Means> for String {
    fn from(means: Means) -> Self {
        means.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R10-A1.1.1]
    #[test]
    fn login_and_password_ask_for_nothing_more() {
        assert_eq!(missing(Method::Password.means(), &[]), []);
    }

    /// [R10-A1.1.2]
    #[test]
    fn the_eds_method_takes_nothing_but_a_signature() {
        assert_eq!(missing(Method::Eds.means(), &[Means::Otp(OtpPurpose::Confirm)]), [Means::Eds]);
        assert_eq!(missing(Method::Eds.means(), &[Means::Eds]), []);
    }

    /// [R10-A1.1.3]
    #[test]
    fn the_otp_method_takes_only_a_code_sent_to_confirm() {
        let asked = Method::Otp.means();
        assert_eq!(missing(asked, &[Means::Otp(OtpPurpose::Confirm)]), []);
        assert_eq!(missing(asked, &[Means::Otp(OtpPurpose::SignIn), Means::Otp(OtpPurpose::Number)]), asked);
    }

    /// [R10-A1.1.4]
    #[test]
    fn eds_may_stand_for_the_code_that_confirms_but_not_for_the_one_that_proves_a_number() {
        assert_eq!(missing(Method::Otp.means(), &[Means::Eds]), []);
        let number = [Means::Otp(OtpPurpose::Number)];
        assert_eq!(missing(&number, &[Means::Eds]), number);
    }

    #[test]
    fn means_read_back_as_they_are_written() {
        for means in Means::ALL {
            assert_eq!(means.as_str().parse(), Ok(means));
        }
        assert_eq!("sms".parse::<Means>(), Err(UnknownMeans));
    }
}
