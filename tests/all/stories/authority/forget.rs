//! Revocation lists that have long ended are removed with their documents; what is still of use stays.

use jiff::SignedDuration;
use qyzmet_app::authority::{ChangeCertificate, Changed, ForgetLists, KeepLists, Step};
use qyzmet_store::{
    StoreError,
    documents::DocumentError,
    repositories::{
        certificates,
        lists::{self, ListRow, Series},
    },
};

use super::{
    super::world::{ISSUER, KEPT, WELL, World, eventually, with_authority},
    issued,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How long a list of the stories holds.
const HOLDS: SignedDuration = SignedDuration::from_hours(24 * 365);

/// The latest list of a series.
async fn latest(world: &World, series: Series) -> ListRow {
    let found = world.app.store.read(move |tx| lists::latest(tx, ISSUER, series)).await;
    found.expect("a store").expect("a list")
}

/// Changes a certificate; the full list and that of its part which say so.
async fn published(world: &World, serial: &str, step: Step) -> [ListRow; 2] {
    let change = ChangeCertificate {
        issuer: ISSUER.to_owned(),
        serial: hex::decode(serial).expect("a serial number"),
        step,
        actor: "test".to_owned(),
        clause: "839-2012:T3.4".to_owned(),
    };
    assert!(matches!(world.system(change).await.expect("a store"), Changed::Done(_)));
    eventually("lists that have seen all", async || {
        let seen = world.app.store.read(|tx| {
            let change = certificates::latest_change(tx, ISSUER)?;
            let full = lists::latest(tx, ISSUER, Series::Full)?;
            Ok::<_, StoreError>(full.is_some_and(|full| full.seen == change))
        });
        seen.await.expect("a store").then_some(())
    })
    .await;
    [latest(world, Series::Full).await, latest(world, Series::Part(0)).await]
}

/// Which of these lists have their documents.
async fn there(world: &World, lists: &[ListRow]) -> Vec<bool> {
    let mut there = Vec::new();
    for list in lists {
        there.push(match world.app.documents.get(list.document).await {
            Ok(_) => true,
            Err(DocumentError::Missing(_)) => false,
            Err(error) => panic!("{error}"),
        });
    }
    there
}

/// [R839-T3.4]
#[test]
fn lists_that_ended_long_ago_are_removed_with_their_documents_and_those_of_use_stay() {
    with_authority(async |world| {
        let person = world.person(WELL).await;
        let serial = issued(world, &person).await;
        let [full, part] = published(world, &serial, Step::Hold).await;
        let [last_full, last_part] = published(world, &serial, Step::Release).await;
        let old = [full, part, last_full, last_part];

        world.pass(HOLDS + KEPT - DAY);
        world.system(KeepLists).await.expect("new lists");
        world.system(ForgetLists).await.expect("looked");
        assert_eq!(there(world, &old).await, [true; 4], "their time is not over");

        world.pass(DAY + DAY);
        world.system(ForgetLists).await.expect("looked");
        let delta = latest(world, Series::Delta).await;
        let found = there(world, &old).await;
        assert_eq!(found, [true, false, true, false], "the latest delta may begin with both full lists");
        assert_eq!(
            there(world, std::slice::from_ref(&delta)).await,
            [true],
            "the latest stays, ended or not"
        );

        world.pass(HOLDS / 2);
        world.system(KeepLists).await.expect("new lists, and a delta that begins with none of these");
        world.system(ForgetLists).await.expect("looked");
        assert_eq!(there(world, &old).await, [false; 4]);
        assert_eq!(there(world, &[delta]).await, [false]);
        for series in [Series::Full, Series::Delta, Series::Part(0)] {
            let list = latest(world, series).await;
            assert!(list.next_update > world.app.now());
            assert_eq!(there(world, &[list]).await, [true]);
        }
        assert_eq!(world.system(ForgetLists).await.expect("looked"), 0);
    });
}
