//! Reading an entity out of the register's answer. Whatever is not understood is a fault, never a guess about an entity.

use qyzmet_app::ports::{Fault, Leader, OrganisationAnswer, OrganisationQuestion, OrganisationRecord};
use qyzmet_domain::Bin;
use roxmltree::Node;

use super::result;
use crate::shep::{
    Said,
    answer::{child, date, malformed, missing, required, text, unexpected},
    status,
};

/// The answer to a question.
pub(super) fn read(said: &Said<'_, '_>, asked: &OrganisationQuestion) -> Result<OrganisationAnswer, Fault> {
    let known = [status::DONE, status::BUSINESS_NO].contains(&said.status);
    let data = said.data.filter(|_| known).ok_or_else(|| unexpected(said.status))?;
    if required(data, "requestNumber")? != asked.message.to_string() {
        return Err(malformed("an answer to another request"));
    }
    let code = child(data, "status").and_then(|status| text(status, "Code"));
    if code == Some(result::NO_CONSENT) {
        return Err(Fault::Rejected("no consent".to_owned()));
    }
    let business = child(data, "businessData").ok_or_else(|| missing("businessData"))?;
    let answer_id = required(business, "ReportNumber")?.to_owned();
    let mut entities = business.children().filter(|node| node.has_tag_name("Organization"));
    let entity = match (code, entities.next(), entities.next()) {
        (Some(result::FOUND), Some(entity), None) => Some(entity),
        (Some(result::NOBODY), None, None) => None,
        (Some(result::FOUND | result::NOBODY), ..) => {
            return Err(malformed("result and organisation disagree"));
        }
        (other, ..) => return Err(unexpected(other.unwrap_or("missing"))),
    };
    let organisation = entity.map(|entity| record(entity, &asked.bin)).transpose()?;
    Ok(OrganisationAnswer { answer_id, organisation })
}

fn record(node: Node<'_, '_>, asked: &Bin) -> Result<OrganisationRecord, Fault> {
    if required(node, "BIN")? != asked.as_str() {
        return Err(malformed("another organisation than asked"));
    }
    Ok(OrganisationRecord {
        bin: asked.clone(),
        name_kk: required(node, "OrganizationNameKz")?.to_owned(),
        name_ru: required(node, "OrganizationNameRu")?.to_owned(),
        registered: date(node, "RegistrationDate")?,
        address: child(node, "LegalAddress").and_then(|address| text(address, "NameKz")).map(str::to_owned),
        leader: child(node, "OrganizationLeader").map(leader).transpose()?,
    })
}

/// A vacant post is an answer without the element; an element that says less than who leads is a fault.
fn leader(node: Node<'_, '_>) -> Result<Leader, Fault> {
    let position = child(node, "PositionInfo").ok_or_else(|| missing("PositionInfo"))?;
    Ok(Leader {
        iin: required(node, "IIN")?.parse().map_err(|_| malformed("the leader's number is no IIN"))?,
        name: required(node, "FIO")?.to_owned(),
        position_kk: required(position, "NameKz")?.to_owned(),
        position_ru: required(position, "NameRu")?.to_owned(),
    })
}
