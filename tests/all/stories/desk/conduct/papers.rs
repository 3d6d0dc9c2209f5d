//! Documents that were accepted are kept for their term.

use qyzmet_app::{ADMINISTRATOR, OFFICER, conduct::DestroyPaper};
use qyzmet_domain::conduct::RetentionClass;
use qyzmet_store::{
    StoreError,
    documents::DocumentError,
    repositories::papers::{self, PaperRow},
};

use super::{
    super::{
        super::world::{World, on_both_engines, well},
        days, kind,
    },
    ground, refusal,
};

async fn kept(world: &World, owner: &str) -> Vec<String> {
    let owner = owner.to_owned();
    let papers = world.app.store.read(move |tx| papers::of_owner(tx, &owner)).await.expect("papers");
    papers.into_iter().map(|paper| format!("{} {}", paper.class, paper.kind)).collect()
}

/// [R839-15.4]
#[test]
fn a_paper_that_was_taken_in_at_the_desk_cannot_be_destroyed_before_its_term() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let administrator = world.officer_of(people[2], "operator", vec![OFFICER, ADMINISTRATOR]).await;
        let case = world.received(&person, &officer).await.to_string();
        assert_eq!(kept(world, &case).await, ["service identity-card", "service photo"]);
        let destroy = || DestroyPaper { owner: case.clone(), kind: "photo".to_owned() };
        assert_eq!(kind(world.run(&officer.caller, destroy()).await), "not-found");
        let refused = refusal(world.run(&administrator.caller, destroy()).await);
        assert_eq!(refused, ground("kept", "15.4"));
        world.pass(days(365 * 5));
        assert_eq!(
            kind(world.run(&administrator.caller, destroy()).await),
            "refused",
            "the year is not over"
        );
        assert_eq!(kept(world, &case).await.len(), 2);
        world.pass(days(60));
        world.run(&administrator.caller, destroy()).await.expect("destroyed");
        assert_eq!(kept(world, &case).await, ["service identity-card"]);
    });
}

/// [R839-15.4]
#[test]
fn after_the_term_the_content_is_destroyed_too_unless_another_row_still_names_it() {
    on_both_engines(async |world| {
        let administrator = world.officer_of(well(1)[0], "operator", vec![OFFICER, ADMINISTRATOR]).await;
        let [alone, shared] = ["жалғыз", "ортақ"].map(|words| format!("%PDF-1.7 {words}").into_bytes());
        let documents = &world.app.documents;
        let alone = documents.put(&alone).await.expect("kept");
        let shared = documents.put(&shared).await.expect("kept");
        let (accepted_at, kept_until) = (world.app.now(), world.app.now() + days(365));
        let row = move |owner: &str, kind: &str, document| PaperRow {
            owner: owner.to_owned(),
            kind: kind.to_owned(),
            accepted_at,
            document: Some(document),
            class: RetentionClass::Service,
            kept_until,
        };
        let write = world.app.store.write(move |tx| {
            for (owner, kind, document) in
                [("one", "letter", alone), ("one", "order", shared), ("two", "order", shared)]
            {
                papers::insert(tx, &row(owner, kind, document))?;
            }
            Ok::<_, StoreError>(())
        });
        write.await.expect("rows");
        let destroy = async |owner: &str, kind: &str| {
            let destroy = DestroyPaper { owner: owner.to_owned(), kind: kind.to_owned() };
            world.run(&administrator.caller, destroy).await
        };
        world.pass(days(364));
        assert_eq!(refusal(destroy("one", "letter").await), ground("kept", "15.4"));
        assert!(documents.get(alone).await.is_ok(), "before the term it is impossible");
        world.pass(days(2));
        destroy("one", "letter").await.expect("destroyed");
        assert_eq!(documents.get(alone).await, Err(DocumentError::Missing(alone)));
        destroy("one", "order").await.expect("destroyed");
        assert!(documents.get(shared).await.is_ok(), "another row names it");
        destroy("two", "order").await.expect("destroyed");
        assert_eq!(documents.get(shared).await, Err(DocumentError::Missing(shared)));
    });
}
