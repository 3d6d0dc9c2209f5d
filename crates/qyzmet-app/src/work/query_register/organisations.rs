//! The state database of legal entities: asked about an entity by BIN, for the recipient and with their consent [R839-5.12].

use std::collections::BTreeMap;

use qyzmet_domain::{Bin, Iin, Register};

use super::{Failure, RegisterWord, consent};
use crate::{
    App,
    ports::{OrganisationQuestion, OrganisationRecord},
};

/// Obtains the requestor's consent token and asks for the entity.
pub(super) async fn ask(
    app: &App,
    bin: Bin,
    requestor: Iin,
    purpose: String,
) -> Result<(RegisterWord, String), Failure> {
    let (consent, message) = consent(app, requestor.clone(), Register::LegalEntities, purpose).await?;
    let question = OrganisationQuestion { message, at: app.now(), bin, requestor, consent };
    let answer = app.ports.organisations.organisation(question).await?;
    let word = answer.organisation.map_or(RegisterWord::Nobody, |entity| RegisterWord::Knows(facts(entity)));
    Ok((word, answer.answer_id))
}

/// The facts that conditions may compare. What the register leaves out is no fact, and so holds of nothing.
fn facts(entity: OrganisationRecord) -> BTreeMap<String, String> {
    let mut facts = vec![
        ("bin", entity.bin.to_string()),
        ("name-kk", entity.name_kk),
        ("name-ru", entity.name_ru),
        ("registered", entity.registered.to_string()),
    ];
    facts.extend(entity.address.map(|address| ("address", address)));
    if let Some(leader) = entity.leader {
        facts.extend([
            ("leader-iin", leader.iin.to_string()),
            ("leader-name", leader.name),
            ("leader-position-kk", leader.position_kk),
            ("leader-position-ru", leader.position_ru),
        ]);
    }
    facts.into_iter().map(|(name, value)| (format!("organisation.{name}"), value)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ports::Leader;

    fn entity(leader: Option<Leader>, address: Option<&str>) -> OrganisationRecord {
        OrganisationRecord {
            bin: Bin::complete("15014000123").unwrap(),
            name_kk: "«Үлгі» ЖШС".to_owned(),
            name_ru: "ТОО «Улги»".to_owned(),
            registered: date(2015, 1, 20),
            address: address.map(str::to_owned),
            leader,
        }
    }

    /// [R839-5.12]
    #[test]
    fn an_entity_with_everything_brings_all_facts_that_a_regulation_may_name() {
        let leader = Leader {
            iin: Iin::complete("91041240441").unwrap(),
            name: "Серікбаева Айгерім".to_owned(),
            position_kk: "директор".to_owned(),
            position_ru: "директор".to_owned(),
        };
        let facts = facts(entity(Some(leader), Some("Астана")));
        let mut known: Vec<_> = Register::LegalEntities.facts().to_vec();
        known.sort_unstable();
        assert_eq!(facts.keys().collect::<Vec<_>>(), known);
        assert_eq!(facts["organisation.registered"], "2015-01-20");
    }

    #[test]
    fn what_the_register_leaves_out_is_no_fact() {
        let facts = facts(entity(None, None));
        let names: Vec<_> = facts.keys().map(String::as_str).collect();
        let left = ["bin", "name-kk", "name-ru", "registered"].map(|name| format!("organisation.{name}"));
        assert_eq!(names, left);
    }
}
