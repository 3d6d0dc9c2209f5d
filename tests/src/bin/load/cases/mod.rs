//! Whole cases through the application's one door, stored wherever they wait: what a regulation costs when the outside
//! answers at once.

mod outside;
mod world;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    pin::pin,
    time::{Duration, Instant},
};

use qyzmet_app::{
    App, ConfirmRequest, FillPage, SealJournal, Seen, ShowRequest, StartCase, StepView, VerifyJournal, run,
    work,
};
use qyzmet_domain::{Caller, CaseId, Locale};
use tokio::{sync::watch, task::JoinSet};
use xtask::{Failure, progress::say};

use crate::{limits, tally::Tally};

/// People at the same time, each with one case after the other.
const CLIENTS: usize = 64;
/// Cases before the measuring, so that caches are warm.
const WARM: Duration = Duration::from_secs(2);
/// How long cases are counted; three times, so that growth of memory would be seen.
const SPAN: Duration = Duration::from_secs(5);

/// Measures and prints.
pub(crate) fn bench(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    say("limits of this machine");
    limits::disk(folder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(wrong)?.block_on(measure(folder))
}

async fn measure(folder: &Path) -> Result<(), Failure> {
    let app = world::open(folder).await?;
    let stop = watch::Sender::new(false);
    let worker = tokio::spawn(work(app.clone(), world::worker(CLIENTS), stop.subscribe()));
    let mut people = Vec::new();
    for number in 0..CLIENTS {
        people.push(world::person(&app, number).await?);
    }
    say("cases of ten actions with two conditions on SQLite, stored at each wait; 64 people, one worker");
    everybody(&app, &people, WARM).await?;
    for _ in 0..3 {
        everybody(&app, &people, SPAN).await?.print("whole cases   (aim 3000)", "cases");
        say(&format!("             resident memory {} MB", resident()?));
    }
    stop.send_replace(true);
    worker.await.map_err(wrong)?;
    run(&app, &Caller::System, SealJournal).await.map_err(wrong)?;
    let report = run(&app, &Caller::System, VerifyJournal).await.map_err(wrong)?;
    say(&format!("journal: {} entries, verified: {}", report.entries, report.verified));
    app.store.clone().close().await;
    if report.verified { Ok(()) } else { Err(Failure::unexpected("the journal does not verify")) }
}

/// Everybody at the same time, one case after the other.
async fn everybody(app: &App, people: &[Caller], span: Duration) -> Result<Tally, Failure> {
    let mut clients = JoinSet::new();
    for (number, person) in people.iter().enumerate() {
        let (app, person) = (app.clone(), person.clone());
        clients.spawn(async move {
            let mut tally = Tally::start();
            let begun = Instant::now();
            while begun.elapsed() < span {
                let started = Instant::now();
                one(&app, &person, number).await?;
                tally.note(started.elapsed());
            }
            Ok::<_, Failure>(tally)
        });
    }
    let mut tallies = Vec::new();
    while let Some(done) = clients.join_next().await {
        tallies.push(done.map_err(wrong)??);
    }
    Ok(Tally::together(tallies))
}

/// One case from its opening to its end.
async fn one(app: &App, person: &Caller, number: usize) -> Result<(), Failure> {
    let service = world::SERVICE.parse().map_err(wrong)?;
    let case = run(app, person, StartCase { service }).await.map_err(wrong)?;
    let values = BTreeMap::from([("number".to_owned(), format!("+7701000{number:04}"))]);
    let seen = |action| Seen { action, visit: 0 };
    let fill = FillPage { case, seen: seen(1), page: "number".to_owned(), values, locale: Locale::Kk };
    run(app, person, fill).await.map_err(wrong)?;
    let confirm = ConfirmRequest { case, seen: seen(2), code: None, signature: None };
    run(app, person, confirm).await.map_err(wrong)?;
    loop {
        let mut changed = pin!(app.changed(case));
        // Watching begins before looking: a change in between is not missed.
        tokio::select! {
            biased;
            () = &mut changed => {}
            ended = has_ended(app, person, case) => {
                if ended? {
                    return Ok(());
                }
                changed.await;
            }
        }
    }
}

async fn has_ended(app: &App, person: &Caller, case: CaseId) -> Result<bool, Failure> {
    let view = run(app, person, ShowRequest { case, page: None, locale: Locale::Kk }).await.map_err(wrong)?;
    match view.step {
        StepView::Running { .. } => Ok(false),
        StepView::Finished { .. } => Ok(true),
        _ => Err(Failure::unexpected("a case of the benchmark stands where it should not")),
    }
}

/// Memory of this process in megabytes.
fn resident() -> Result<u64, Failure> {
    let path = Path::new("/proc/self/status");
    let status = fs::read_to_string(path).map_err(Failure::file(path))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes: Option<u64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.map(|kilobytes| kilobytes / 1024).ok_or_else(|| Failure::unexpected("no memory figure"))
}

fn wrong(fault: impl std::fmt::Display) -> Failure {
    Failure::unexpected(fault.to_string())
}
