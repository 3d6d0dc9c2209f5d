//! Two nodes publish for one authority, on both engines: whoever comes first, the lists end up saying what the rows say.

use qyzmet_app::authority::{ChangeCertificate, Changed, KeepLists, Series, Step};
use qyzmet_pki::Reason;
use qyzmet_store::repositories::{
    certificates,
    lists::{self, ListRow},
};

use super::{
    super::world::{ISSUER, OTHER, WELL, World, eventually, with_authority},
    issued,
};

async fn change(node: &World, serial: &str, step: Step) {
    let change = ChangeCertificate {
        issuer: ISSUER.to_owned(),
        serial: hex::decode(serial).expect("a serial number"),
        step,
        actor: "test".to_owned(),
        clause: "839-2012:19.5".to_owned(),
    };
    assert!(matches!(node.system(change).await.expect("a store"), Changed::Done(_)));
}

/// The latest full list, once it has seen every change.
async fn latest(node: &World) -> ListRow {
    eventually("a list that has seen all", async || {
        let found = node.app.store.read(|tx| {
            let list = lists::latest(tx, ISSUER, Series::Full)?;
            let change = certificates::latest_change(tx, ISSUER)?;
            Ok::<_, qyzmet_store::StoreError>(list.filter(|list| list.seen == change))
        });
        found.await.expect("a store")
    })
    .await
}

/// [R839-T3.4]
#[test]
fn two_nodes_publish_side_by_side_and_their_lists_say_what_the_rows_say() {
    with_authority(async |one| {
        let (person, other) = (one.person(WELL).await, one.person(OTHER).await);
        let (held, revoked) = (issued(one, &person).await, issued(one, &other).await);
        let two = one.another("second").await;
        let mut numbers = Vec::new();
        for round in 0..4 {
            // Both change something at once, both have a worker that takes the job, and both look at the clock.
            let step = if round % 2 == 0 { Step::Hold } else { Step::Release };
            if round == 3 {
                let reason = Reason::KeyCompromise;
                change(&two, &revoked, Step::Revoke { reason, suspect_since: None }).await;
            }
            change(one, &held, step).await;
            let (first, second) = tokio::join!(one.system(KeepLists), two.system(KeepLists));
            assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
            numbers.push(latest(&two).await.number);
        }
        assert!(numbers.is_sorted_by(|before, after| before < after), "{numbers:?}");
        let list = latest(one).await;
        assert_eq!(list.entries, 1, "one is revoked, the other was released");
        for node in [one, &two] {
            let bytes = node.app.documents.get(list.document).await.expect("a list");
            let says = |serial: &str| {
                let serial = hex::decode(serial).expect("a serial number");
                bytes.windows(serial.len()).any(|octets| octets == serial)
            };
            assert!(says(&revoked) && !says(&held));
        }
        two.end().await;
    });
}
