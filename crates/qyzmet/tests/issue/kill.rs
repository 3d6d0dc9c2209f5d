//! The process dies at each point between an order and its certificates, and the next one goes on: nothing is issued twice, and
//! every certificate that ever left the signer is in the rows.

use std::{fs, io::Write as _, path::Path, process::Command, sync::Arc};

use async_trait::async_trait;
use qyzmet_app::ports::{CertificatesOrder, Fault, ListOrder, SignedList, Signing, Unsigned};
use qyzmet_store::repositories::signer;
use tempfile::tempdir;

use super::world::{Pki, World, asked, new_order};

const STORY: &str = "kill::a_process_that_dies_anywhere_issues_nothing_twice_and_loses_nothing";
const POINTS: [&str; 6] = ["registered", "approved", "intended", "asking", "signed", "issued"];

/// Dies without a word, as when the power is cut.
fn die(here: &str, point: &str) {
    if here == point {
        std::process::abort();
    }
}

/// The signing role, beside which the process dies before the question or before the answer.
struct Dying {
    role: Arc<dyn Signing>,
    point: String,
    let_out: std::path::PathBuf,
}

#[async_trait]
impl Signing for Dying {
    async fn certificates(&self, order: CertificatesOrder) -> Result<Vec<Vec<u8>>, Unsigned> {
        die("asking", &self.point);
        let certificates = self.role.certificates(order).await?;
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&self.let_out).unwrap();
        for certificate in &certificates {
            writeln!(file, "{}", hex::encode(certificate)).unwrap();
        }
        die("signed", &self.point);
        Ok(certificates)
    }

    async fn ready(&self) -> Result<Vec<String>, Fault> {
        self.role.ready().await
    }

    async fn list(&self, order: ListOrder) -> Result<SignedList, Fault> {
        self.role.list(order).await
    }
}

/// One run of the portal, which dies at a point, or not.
async fn run_and_die(folder: &Path, point: &str) {
    let world = World::open(folder, |pki, store, clock| {
        let role = Arc::new(pki.role((store.clone(), store.clone()), clock));
        Arc::new(Dying { role, point: point.to_owned(), let_out: folder.join("let-out") })
    })
    .await;
    let requests = ["sign", "auth"].map(|name| fs::read(folder.join(name)).unwrap());
    let text = world.register(new_order("N-1", requests)).await.unwrap();
    die("registered", point);
    world.approve("N-1", &text).await.unwrap();
    die("approved", point);
    world.intend("N-1").await.unwrap();
    die("intended", point);
    // A job that a dead process has in hand comes back when its lease is over: each run begins later than the one before.
    world.clock.advance(jiff::SignedDuration::from_secs(100) * runs_so_far(folder));
    world.work(2);
    let rows = world.issued("N-1").await;
    die("issued", point);
    assert_eq!(rows.len(), 2);
    let let_out = fs::read_to_string(folder.join("let-out")).unwrap();
    for line in let_out.lines() {
        let der = hex::decode(line).unwrap();
        assert!(rows.iter().any(|row| row.der == der), "a certificate is out and not recorded");
    }
    for row in rows {
        let key = row.key_id.clone();
        let recorded = world.app.store.read(move |tx| signer::by_key(tx, &key)).await.unwrap().unwrap();
        assert!(recorded.der == row.der && recorded.serial == row.serial);
    }
    let system = qyzmet_domain::Caller::System;
    qyzmet_app::run(&world.app, &system, qyzmet_app::SealJournal).await.unwrap();
}

/// How many runs there were in a folder, this one among them.
fn runs_so_far(folder: &Path) -> i32 {
    let mut file = fs::OpenOptions::new().create(true).append(true).open(folder.join("runs")).unwrap();
    file.write_all(b".").unwrap();
    i32::try_from(file.metadata().unwrap().len()).unwrap()
}

#[test]
fn a_process_that_dies_anywhere_issues_nothing_twice_and_loses_nothing() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if let (Some(folder), Ok(point)) = (std::env::var_os("QYZMET_ROOM"), std::env::var("QYZMET_DIES_AT")) {
        return runtime.block_on(run_and_die(folder.as_ref(), &point));
    }
    // Each point alone, and then all of them one after the other over one order.
    for points in POINTS.map(|point| vec![point]).into_iter().chain([POINTS.to_vec()]) {
        let folder = tempdir().unwrap();
        Pki::found().keep(folder.path());
        for name in ["sign", "auth"] {
            fs::write(folder.path().join(name), asked()).unwrap();
        }
        for point in &points {
            let (good, said) = tell(folder.path(), point);
            assert!(!good && !said.contains("panicked"), "{point}: {said}");
        }
        let (good, said) = tell(folder.path(), "never");
        assert!(good, "{points:?}: {said}");
    }
}

fn tell(folder: &Path, point: &str) -> (bool, String) {
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", STORY, "--nocapture"])
        .env("QYZMET_ROOM", folder)
        .env("QYZMET_DIES_AT", point)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[told.stdout, told.stderr].concat()).into_owned();
    (told.status.success() && said.contains("1 passed"), said)
}
