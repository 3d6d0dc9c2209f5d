//! Documents that were accepted are kept for their term.

use qyzmet_app::{ADMINISTRATOR, OFFICER, conduct::DestroyPaper};
use qyzmet_store::repositories::papers;

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
