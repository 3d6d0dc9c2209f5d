//! `start-services`: the members of a composite service run side by side, each as a case of its own, and join [R10-2.5].

use qyzmet_domain::ServiceId;

use super::{Act, Use};
use crate::case::Member;
use crate::event::{Comparison, Event};
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Starts services and waits until all have ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartServices {
    /// Which.
    pub services: Vec<ServiceId>,
    /// The ground of refusal when one of them gives no positive result.
    pub ground: Option<String>,
}

/// How a member ends that gives a positive result, as [`crate::Ending::as_str`] writes it.
const ISSUED: &str = "issued";

impl Act for StartServices {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (services, ground) = (fields.need_list::<ServiceId>("services"), fields.text("ground"));
        let services = services?;
        let mut sorted = services.clone();
        sorted.sort_unstable();
        for pair in sorted.windows(2).filter(|pair| pair[0] == pair[1]) {
            let words = format!("the service `{}` stands in `services` twice", pair[0]);
            fields.report(&fields.place_of("services"), crate::FindingKind::Duplicate, words);
        }
        Some(Self { services, ground })
    }

    fn keys(&self) -> Keys {
        let services: Vec<String> = self.services.iter().map(ToString::to_string).collect();
        Keys::default().with("services", services).with_some("ground", self.ground.clone())
    }

    fn uses(&self) -> Vec<Use> {
        let Some(ground) = &self.ground else { return Vec::new() };
        let words = self.services.iter().map(|id| format!("fact.service.{id}"));
        let words = words.chain(["value.issued".to_owned(), "value.refused".to_owned()]);
        words.map(Use::Text).chain([Use::Ground(ground.clone())]).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        if self.ground.is_some() { &[Branch::Violation] } else { &[] }
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        let members: Vec<_> = members(at).collect();
        let is_started = |id: &&ServiceId| !members.iter().any(|member| member.service == **id);
        let start = self.services.iter().filter(is_started).cloned().collect();
        let running = members.iter().filter(|member| member.ending.is_none()).map(|member| member.case);
        Some(Waiting::Services { action: at.action.number, start, running: running.collect() })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::Start { service, case, .. } => {
                let is_started = members(at).any(|member| member.service == *service);
                let is_known = at.case.members.iter().any(|member| member.case == *case);
                if is_started || is_known || !self.services.contains(service) {
                    return Err(at.not_waiting());
                }
                Ok(Event::Started { head: at.stay(), service: service.clone(), case: *case })
            }
            Command::Join { case, ending, .. } => {
                let is_running = |member: &Member| member.case == *case && member.ending.is_none();
                if !members(at).any(is_running) {
                    return Err(at.not_waiting());
                }
                Ok(self.joined(at, *case, ending))
            }
            _ => Err(at.not_waiting()),
        }
    }
}

impl StartServices {
    /// With the last member the action ends: well when all gave a positive result.
    fn joined(&self, at: &At<'_>, case: qyzmet_domain::CaseId, ending: &str) -> Event {
        let ending_of = |id: &ServiceId| {
            let member = members(at).find(|member| member.service == *id)?;
            if member.case == case { Some(ending.to_owned()) } else { member.ending.clone() }
        };
        let ended: Vec<_> = self.services.iter().map(|id| (id, ending_of(id))).collect();
        let (case, ending) = (case, ending.to_owned());
        if ended.iter().any(|(_, ending)| ending.is_none()) {
            return Event::Joined { head: at.stay(), case, ending, comparisons: Vec::new() };
        }
        let failed = ended.iter().filter(|(_, ending)| ending.as_deref() != Some(ISSUED));
        let failed: Vec<_> =
            failed.map(|(id, ending)| (*id, ending.as_deref().unwrap_or_default())).collect();
        let leads = failed.is_empty() || at.action.next.violation.is_none();
        let branch = if leads { Branch::Ok } else { Branch::Violation };
        let comparisons = if leads { Vec::new() } else { self.comparisons(at, &failed) };
        Event::Joined { head: at.head(branch), case, ending, comparisons }
    }

    fn comparisons(&self, at: &At<'_>, failed: &[(&ServiceId, &str)]) -> Vec<Comparison> {
        let Some(ground) = &self.ground else { return Vec::new() };
        failed
            .iter()
            .map(|(id, ending)| at.failure(&format!("service.{id}"), ISSUED, ending, ground))
            .collect()
    }
}

/// The members that this action has started in this visit.
fn members<'a>(at: &At<'a>) -> impl Iterator<Item = &'a Member> {
    let here = (at.action.number, at.visit());
    at.case.members.iter().filter(move |member| (member.action, member.visit) == here)
}
