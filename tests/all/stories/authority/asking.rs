//! A stranger asks how far an order is, with a code from the picture or a proof of work.

use qyzmet_app::{
    Captcha, CaptchaAnswer, Error, OpenCaptcha, ShowCaptcha,
    authority::{CheckOrderStatus, OrderAnswer},
};
use qyzmet_domain::{Caller, DocumentId, RequestNumber};

use super::super::world::World;

impl World {
    /// What a stranger is told, who has read the picture.
    pub(super) async fn told(&self, number: &RequestNumber) -> OrderAnswer {
        let captcha = self.read().await;
        self.asked(number, captcha, "192.0.2.1").await.expect("an answer")
    }

    pub(super) async fn asked(
        &self,
        number: &RequestNumber,
        captcha: CaptchaAnswer,
        from: &str,
    ) -> Result<OrderAnswer, Error> {
        let check = CheckOrderStatus { number: number.clone(), captcha, from: from.to_owned() };
        self.run(&Caller::Anonymous, check).await
    }

    /// A token of the status page.
    pub(super) async fn opened(&self) -> Captcha {
        let open = OpenCaptcha { form: CheckOrderStatus::FORM };
        self.run(&Caller::Anonymous, open).await.expect("a token")
    }

    /// The digits that a person reads in the picture of a fresh token.
    pub(super) async fn read(&self) -> CaptchaAnswer {
        let token = self.opened().await.token;
        let show = ShowCaptcha { token: token.clone() };
        let digits = self.run(&Caller::Anonymous, show).await.expect("a picture").digits;
        CaptchaAnswer { token, digits, proof: String::new() }
    }

    /// An answer by work.
    pub(super) async fn worked(&self) -> CaptchaAnswer {
        let Captcha { token, difficulty } = self.opened().await;
        CaptchaAnswer { proof: proof(&token, difficulty), token, digits: String::new() }
    }
}

/// Works as a browser does: digests until one begins with so many zero bits.
pub(super) fn proof(token: &str, difficulty: u32) -> String {
    let found = |number: &u64| {
        let digest = DocumentId::of(format!("{token}:{number}").as_bytes()).to_string();
        let head = u64::from_str_radix(&digest[..16], 16).expect("hexadecimal digits");
        head.leading_zeros() >= difficulty
    };
    (0..).find(found).expect("a proof").to_string()
}
