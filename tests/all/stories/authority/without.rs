//! A portal that is no certification authority says at once that it takes no orders of certificates, and to whom it matters why.

use qyzmet_app::{ADMINISTRATOR, Error, ListServices, ShowVersions, StartCase};
use qyzmet_domain::{Caller, Locale, ServiceId};

use super::{
    super::{
        desk::pages::{Visitor, served},
        world::{OTHER, WELL, World, files_of, on_both_engines, with_authority},
    },
    issue_portal::SERVICE,
};

fn service() -> ServiceId {
    SERVICE.parse().expect("a service")
}

/// Whether the service can be asked for, and whether the administrator is told of a fault.
async fn offered(world: &World) -> (bool, bool) {
    let list = ListServices { locale: Locale::Kk, query: None };
    let cards = world.run(&Caller::Anonymous, list).await.expect("a list");
    let card = cards.into_iter().find(|card| card.id == service()).expect("it is published");
    let administrator = world.officer_of(OTHER, "operator", vec![ADMINISTRATOR]).await;
    let versions =
        world.run(&administrator.caller, ShowVersions { locale: Locale::Kk }).await.expect("a view");
    let told = versions.services.iter().find(|known| known.id == SERVICE).expect("it is listed");
    (card.startable, told.lacks_authority)
}

/// [R839-6.P1]
#[test]
fn certificates_cannot_be_ordered_where_nobody_issues_them() {
    on_both_engines(async |world| {
        world.publish(files_of(SERVICE)).await.expect("it can be read");
        let person = world.person(WELL).await;
        let start = world.run(&person.caller, StartCase { service: service() }).await;
        assert!(matches!(start, Err(Error::NotFound)), "no request begins that could never end");
        assert_eq!(offered(world).await, (false, true));
    });
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        assert_eq!(offered(world).await, (true, false));
    });
}

/// [R839-6.P1]
#[test]
fn the_page_of_the_service_and_the_administrators_page_say_it_in_words() {
    served(async |world| {
        world.publish(files_of(SERVICE)).await.expect("it can be read");
        let page = Visitor::of(world, None).fetch(format!("/services/{SERVICE}")).await.text();
        assert!(page.contains("портал тіркеу куәліктерін бермейді"), "{page}");
        assert!(!page.contains(&format!("/services/{SERVICE}/start")), "no button leads nowhere");
        let administrator = world.officer_of(OTHER, "operator", vec![ADMINISTRATOR]).await;
        let page = Visitor::of(world, Some(&administrator.token)).fetch("/desk/services").await.text();
        assert!(page.contains("[authority] бөлімінде"), "{page}");
    });
}
