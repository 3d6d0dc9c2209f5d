//! Whose certificates a form asks for: the answer to its question names the holder, the profile follows from holder and key.

use qyzmet_engine::{Field, KeyProfile, Regulation};
use qyzmet_pki::authority::{HolderKind, Profile, Profiles};

/// The holder where a form has no such question.
const INDIVIDUAL: &str = "person";

/// The profile of a certificate for a key of the form.
pub(crate) fn profile_of(holder: &str, key: KeyProfile) -> String {
    format!("{holder}-{}", key.as_str())
}

/// The key of the form for which a certificate of this profile was asked.
pub(crate) fn key_of(profile: &str) -> Option<KeyProfile> {
    profile.rsplit_once('-')?.1.parse().ok()
}

/// The holder in the name of a profile: `head` of `head-sign`.
pub(crate) fn holder_in(profile: &str) -> &str {
    profile.rsplit_once('-').map_or(profile, |(holder, _)| holder)
}

/// The holder of a certificate of this profile, when the service asks for certificates of such holders.
pub(crate) fn renewable_holder<'a>(regulation: &Regulation, profile: &'a str) -> Option<&'a str> {
    let holder = holder_in(profile);
    let mut asked = fields(regulation).filter(|field| field.is_certificate()).flat_map(Field::holders);
    asked.any(|one| one == holder).then_some(holder)
}

/// The holder for whom a case asks, by its facts: an answer, or what is known of the certificate that was chosen.
pub(crate) fn holder_of<'a>(regulation: &Regulation, fact: impl Fn(&str) -> Option<&'a str>) -> &'a str {
    let Some(question) = fields(regulation).find_map(Field::holder) else { return INDIVIDUAL };
    let asked = regulation.form.field(question).map(Field::holder_fact);
    // A fact that is missing where it is asked for makes a profile that nobody knows, and so no certificate.
    asked.and_then(|name| fact(&name)).unwrap_or_default()
}

/// The profiles of all certificates that a service may ask for.
pub(crate) fn profiles_of(regulation: &Regulation) -> Vec<String> {
    let of_field = |field: &Field| {
        let holders = field.holder().map_or_else(
            || vec![INDIVIDUAL.to_owned()],
            |question| regulation.form.field(question).map(Field::holders).unwrap_or_default().to_vec(),
        );
        let of_holder = |holder: String| field.profiles().iter().map(move |key| profile_of(&holder, *key));
        holders.into_iter().flat_map(of_holder).collect::<Vec<_>>()
    };
    fields(regulation).flat_map(of_field).collect()
}

/// What kind of name the certificates of a holder bear; nothing when no profile is for such a holder.
pub(crate) fn kind_of(holder: &str) -> Option<HolderKind> {
    let mut profiles = Profiles::nca().ok()?.iter();
    profiles.find(|profile| holder_in(profile.id()) == holder).map(Profile::holder)
}

/// The first profile that a form offers and the authority does not have: no certificate could ever come of it.
pub(crate) fn unknown_profile(regulation: &Regulation) -> Option<String> {
    let profiles = Profiles::nca().ok()?;
    profiles_of(regulation).into_iter().find(|profile| profiles.get(profile).is_err())
}

fn fields(regulation: &Regulation) -> impl Iterator<Item = &Field> {
    regulation.form.pages.iter().flat_map(|page| &page.fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R839-6.P11]
    #[test]
    fn a_profile_is_its_holder_and_its_key_and_both_are_read_from_it_again() {
        for key in KeyProfile::ALL {
            assert_eq!(key_of(&profile_of("head", *key)), Some(*key));
        }
        assert_eq!(key_of("server"), None);
        assert_eq!(key_of("time-stamp"), None);
    }

    /// [R839-6.P2]
    #[test]
    fn people_in_an_organisation_and_the_organisation_itself_bear_different_names() {
        let kinds = [
            ("person", Some(HolderKind::Person)),
            ("head", Some(HolderKind::Member)),
            ("signatory", Some(HolderKind::Member)),
            ("employee", Some(HolderKind::Member)),
            ("organisation", Some(HolderKind::Organisation)),
            ("system", Some(HolderKind::Organisation)),
            ("", None),
            ("somebody", None),
        ];
        for (holder, kind) in kinds {
            assert_eq!(kind_of(holder), kind, "{holder}");
        }
    }
}
