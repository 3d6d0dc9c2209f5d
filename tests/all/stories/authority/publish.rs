//! Two nodes publish for one authority, on both engines: whoever comes first, the lists end up saying what the rows say.

use qyzmet_app::authority::{
    ChangeCertificate, Changed, FoundedList, KeepLists, RevokedLine, Series, ShowRevoked, Step, TakeInFounded,
};
use qyzmet_domain::Caller;
use qyzmet_pki::{Reason, SerialNumber};
use qyzmet_store::repositories::{
    certificates,
    lists::{self, ListRow},
};

use super::{
    super::{
        desk::pages::{Visitor, served_with_authority},
        world::{ISSUER, OTHER, WELL, World, eventually, moment, pki, with_authority},
    },
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

/// [R839-T3.4]
#[test]
fn whoever_looks_up_the_root_reads_which_authorities_it_has_revoked() {
    served_with_authority(async |world| {
        let serial = SerialNumber::new(&[0x42; 20]).expect("a serial number");
        let bytes = pki().list_of_root(serial, Reason::CaCompromise);
        let (this_update, next_update) = (moment(-1), moment(24));
        let list = FoundedList { issuer: "root".to_owned(), bytes, number: 7, this_update, next_update };
        world.system(TakeInFounded { certificates: Vec::new(), lists: vec![list] }).await.expect("taken in");
        let ask = async |serial: Option<&str>| {
            let (issuer, serial) = (Some("root".to_owned()), serial.map(str::to_owned));
            world.run(&Caller::Anonymous, ShowRevoked { issuer, serial, after: None }).await.expect("a page")
        };
        let whole = ask(None).await;
        assert_eq!(whole.issuers, [ISSUER, "root"], "people are offered what they ask about first");
        let line = RevokedLine { serial: "42".repeat(20), at: moment(-1), reason: 2 };
        assert_eq!((whole.lines, whole.more), (vec![line.clone()], None));
        assert_eq!(ask(Some(&"42:".repeat(20))).await.lines, [line]);
        assert!(ask(Some("4343")).await.lines.is_empty());
        let visitor = Visitor::of(world, None);
        assert!(
            visitor.fetch("/pki/revoked").await.text().contains("/pki/revoked?issuer=root"),
            "a way there"
        );
        let page = visitor.fetch("/pki/revoked?issuer=root").await.text();
        assert!(page.contains(&"42".repeat(20)) && page.contains("/pki/crl/root.crl"), "{page}");
    });
}
