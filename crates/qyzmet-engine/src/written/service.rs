//! `service.toml`: the passport.

use qyzmet_domain::Means;

use super::Keys;
use crate::service::{Because, GroundOfRefusal, Service, ServiceTerm, SpecialConfirmation};

impl Service {
    pub(crate) fn keys(&self) -> Keys {
        Keys::default()
            .and(self.about())
            .with("owner", self.owner.as_str())
            .with("automation", self.automation.as_str())
            .with("type", self.kind.as_str())
            .with("permit", self.permit)
            .with("composite", self.composite)
            .with("recipients", words(&self.recipients, |kind| kind.as_str()))
            .with("offered", self.offered)
            .with("channels", words(&self.channels, |channel| channel.as_str()))
            .with("term", self.term.keys().table())
            .with("fee", self.fee.as_str())
            .with("schedule", self.schedule.as_str())
            .with("contacts", self.contacts.clone())
            .with("devices", self.devices.clone())
            .with("classification", self.classification().table())
            .with_some("confirm", self.confirm.as_ref().map(|special| special.keys().table()))
            .with_tables("ground", self.grounds.iter().map(GroundOfRefusal::keys))
            .with("result", self.result().table())
    }

    fn about(&self) -> Keys {
        let day = self.valid_from.to_string().parse::<toml::value::Datetime>().ok();
        let valid = Keys::default().with_some("from", day);
        Keys::default()
            .with("id", self.id.as_str())
            .with("act", self.act.as_str())
            .with("valid", valid.table())
    }

    fn classification(&self) -> Keys {
        Keys::default()
            .with("disclosure-risk", self.disclosure_risk.keys("because").table())
            .with("changes-register", self.changes_register.keys("register").table())
    }

    fn result(&self) -> Keys {
        Keys::default()
            .with("kind", self.result.kind.as_str())
            .with("template", self.result.template.as_str())
            .with("signed", self.result.signed)
    }
}

impl ServiceTerm {
    fn keys(&self) -> Keys {
        Keys::default()
            .with("limit", self.limit.to_string())
            .with("from", self.from.as_str())
            .with_some("clock", self.clock.map(|clock| clock.as_str()))
            .with_some("clause", self.clause.as_ref().map(ToString::to_string))
    }
}

impl Because {
    fn keys(&self, reason: &str) -> Keys {
        Keys::default().with("answer", self.answer).with(reason, self.because.as_str())
    }
}

impl SpecialConfirmation {
    fn keys(&self) -> Keys {
        let clauses: Vec<String> = self.clauses.iter().map(ToString::to_string).collect();
        let keys = Keys::default().with("clauses", clauses);
        self.means
            .iter()
            .fold(keys, |keys, (channel, means)| keys.with(channel.as_str(), words(means, Means::as_str)))
    }
}

impl GroundOfRefusal {
    pub(crate) fn keys(&self) -> Keys {
        Keys::default().with("id", self.id.as_str()).with("clause", self.clause.to_string())
    }
}

fn words<T: Copy>(list: &[T], word: impl Fn(T) -> &'static str) -> Vec<String> {
    list.iter().map(|item| word(*item).to_owned()).collect()
}
