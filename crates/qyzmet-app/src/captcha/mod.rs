//! A form that anybody may send asks for a little that a program finds dear: digits in a picture, or a proof of work.
//!
//! Either is enough, so nobody needs to see. Nothing is kept until an answer comes: the token carries all, under a tag of the
//! portal's own, and the number of an answered token is remembered until the token ends. Decision 0011 says why.

mod token;
mod work;

use jiff::SignedDuration;
use qyzmet_store::limits;

use crate::{Access, Cx, Error, UseCase};

use token::Token;

/// How hard it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptchaPolicy {
    /// Bits that must be zero at the beginning of the digest: each doubles the work.
    pub difficulty: u32,
    /// How long a token can be answered.
    pub life: SignedDuration,
}

impl Default for CaptchaPolicy {
    fn default() -> Self {
        Self { difficulty: 17, life: SignedDuration::from_mins(10) }
    }
}

/// Asks for a token for a form.
pub struct OpenCaptcha {
    /// Name of the form; the token serves no other.
    pub form: &'static str,
}

/// What a form shows.
#[derive(Clone, Debug)]
pub struct Captcha {
    /// The token, which the form sends back.
    pub token: String,
    /// As in [`CaptchaPolicy`].
    pub difficulty: u32,
}

impl UseCase for OpenCaptcha {
    type Output = Captcha;
    const NAME: &'static str = "open-captcha";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Captcha, Error> {
        let policy = cx.app.settings.captcha;
        let ends = cx.now.checked_add(policy.life).map_err(Error::fault)?.as_second();
        let seed = cx.app.entropy.seed().map_err(Error::fault)?;
        let token = Token::new(self.form, ends, crate::Draw::new(seed, cx.now).bytes());
        Ok(Captcha { token: token.write(&cx.app.secrets), difficulty: policy.difficulty })
    }
}

/// Asks what stands in the picture of a token, to draw it.
pub struct ShowCaptcha {
    /// The token.
    pub token: String,
}

/// What is to be drawn. Without `Debug`: it is the answer.
pub struct CaptchaPicture {
    /// The digits.
    pub digits: String,
    /// From which the strokes are bent; the same picture comes again for the same token.
    pub seed: [u8; 32],
}

impl UseCase for ShowCaptcha {
    type Output = CaptchaPicture;
    const NAME: &'static str = "show-captcha";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<CaptchaPicture, Error> {
        let token = Token::read(&self.token, &cx.app.secrets).filter(|token| token.lives(cx.now));
        let token = token.ok_or(Error::NotFound)?;
        let secrets = &cx.app.secrets;
        Ok(CaptchaPicture { digits: token.digits(secrets), seed: token.seed(secrets) })
    }
}

/// What a person answers. Without `Debug`, as all that is typed.
#[derive(Clone, Default)]
pub struct CaptchaAnswer {
    /// The token of the form.
    pub token: String,
    /// The digits as typed.
    pub digits: String,
    /// What the browser found instead.
    pub proof: String,
}

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptchaRefused {
    /// Neither digits nor a proof.
    Missing,
    /// Other digits, or no proof of work.
    Wrong,
    /// The token has ended, was answered before, or belongs to another form.
    Over,
}

impl CaptchaRefused {
    /// Key of the words for it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Wrong => "wrong",
            Self::Over => "over",
        }
    }
}

/// Takes an answer for a form. Whatever comes of it, the token is used up: digits cannot be tried one after the other.
pub(crate) async fn pass(
    cx: &Cx,
    form: &str,
    answer: CaptchaAnswer,
) -> Result<Result<(), CaptchaRefused>, Error> {
    if answer.digits.trim().is_empty() && answer.proof.is_empty() {
        return Ok(Err(CaptchaRefused::Missing));
    }
    let (now, secrets) = (cx.now, &cx.app.secrets);
    let token = Token::read(&answer.token, secrets).filter(|token| token.is_for(form) && token.lives(now));
    let Some(token) = token else { return Ok(Err(CaptchaRefused::Over)) };
    let proven = work::proves(&answer.token, &answer.proof, cx.app.settings.captcha.difficulty);
    let right = proven || token.is_answered_by(&answer.digits, secrets);
    let (key, ends) = (token.key(), token.ends()?);
    let answers = cx.write(move |tx, _| Ok(limits::hit(tx, &key, ends, SignedDuration::ZERO)?)).await?;
    Ok(match (answers, right) {
        (1, true) => Ok(()),
        (1, false) => Err(CaptchaRefused::Wrong),
        _ => Err(CaptchaRefused::Over),
    })
}
