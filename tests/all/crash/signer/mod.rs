//! The signer as a process of its own beside the portal: it is down, dies, cannot write, belongs to another user; no order
//! is refused for that, none is carried out twice, and nothing that was signed is lost.

mod gate;
mod room;

use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use qyzmet_store::repositories::orders::OrderState;
use xtask::demo::world::{Engine, World};

use crate::harness::Portal;
use gate::{Gate, Moment, Signer};
use room::{
    certificates, count, health, keys, number, order, order_more, portal, portal_on, problem, record, socket,
    start, take_carriers_back, until, whole,
};

fn all_are_issued(portal: &Portal, orders: usize) -> bool {
    (0..orders).all(|n| certificates(&portal.world, &number(n)).len() == 2)
}

/// [R839-6.P11]
#[test]
fn orders_wait_for_a_signer_that_is_down_and_go_on_by_themselves() {
    const ORDERS: usize = 5;
    let portal = portal(ORDERS, |_| {});
    until("a figure", || metric(&portal, "qyzmet_signer_up").as_deref() == Some("0"));
    until("an attempt", || metric(&portal, WAITING).as_deref() == Some("5"));
    let (status, said) = health(&portal);
    assert_eq!((status, &said["signer"]["answers"]), (503, &false.into()), "{said}");
    assert_eq!(said["signer"]["waiting"], ORDERS, "they wait");
    assert_eq!(said["signer"]["given-up"], 0, "and none is refused");
    let page = portal.client().fetch("/pki/health").expect("a page").text();
    assert!(page.contains("ол қалпына келгенше күтеді"), "people are told so");
    assert_eq!(portal.client().fetch("/readyz").expect("an answer").status, 200, "the portal serves on");

    let mut signer = start(&portal.world, &[], None);
    until("the certificates", || all_are_issued(&portal, ORDERS));
    whole(&portal.world, ORDERS);
    until("a figure", || metric(&portal, "qyzmet_signer_up").as_deref() == Some("1"));
    let (_, said) = health(&portal);
    assert_eq!((&said["signer"]["well"], &said["signer"]["waiting"]), (&true.into(), &0.into()), "{said}");
    assert!(signer.stop(), "the signer ends well");
}

const WAITING: &str = r#"qyzmet_jobs{kind="sign-certificates",state="ready"}"#;

/// The value of a figure of the portal.
fn metric(portal: &Portal, name: &str) -> Option<String> {
    let text = portal.client().fetch("/metrics").ok()?.text();
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned))
}

/// [R839-6.P11]
#[test]
fn a_signer_that_dies_in_the_middle_signs_nothing_twice_and_leaves_nothing_unrecorded() {
    const ORDERS: usize = 24;
    let lives = |moment| match moment {
        Moment::Asked(n) => ![6, 30, 40].contains(&n),
        Moment::Answered(n) => ![0, 9, 17].contains(&n),
    };
    let portal = portal(ORDERS, |_| {});
    let behind = portal.world.folder.join("behind.sock");
    let signer: Signer = Arc::new(Mutex::new(Some(start(&portal.world, &[], Some(&behind)))));
    let gate = Gate::open(&socket(&portal.world), &behind, Arc::clone(&signer), Arc::new(lives));
    let mut deaths = 0;
    until("the certificates", || {
        let mut part = signer.lock().expect("a signer");
        if !part.as_mut().is_some_and(xtask::process::Part::is_running) {
            deaths += 1;
            *part = Some(start(&portal.world, &[], Some(&behind)));
        }
        drop(part);
        all_are_issued(&portal, ORDERS)
    });
    assert!(deaths >= 3 && gate.asked() > ORDERS, "it died {deaths} times over {} questions", gate.asked());
    whole(&portal.world, ORDERS);
    // What was signed and heard by nobody is what stands in the rows now.
    let issued: Vec<_> =
        (0..ORDERS).flat_map(|n| certificates(&portal.world, &number(n))).map(|row| row.der).collect();
    let unheard = gate.unheard.lock().expect("answers");
    assert!(!unheard.is_empty());
    for answer in unheard.iter() {
        let said: serde_json::Value = serde_json::from_slice(&answer[4..]).expect("an answer");
        let signed: Vec<Vec<u8>> =
            serde_json::from_value(said["certificates"].clone()).expect("certificates");
        assert!(signed.len() == 2 && signed.iter().all(|der| issued.contains(der)), "another one was signed");
    }
}

/// [R839-6.P10]
#[test]
fn what_the_signer_refuses_for_good_ends_and_nobody_has_to_revive_it() {
    let portal = portal(2, |_| {});
    // The signer was told of a key of the first order that everybody knows; the portal was not.
    let list = portal.world.folder.join("known-keys.txt");
    fs::write(&list, format!("{}\n", hex::encode(&keys(&portal.world, &number(0))[0]))).expect("a list");
    let told = format!("QYZMET_AUTHORITY__KNOWN_KEYS=[{:?}]", list.display().to_string());
    let _signer = start(&portal.world, &["env", &told], None);
    until("the other order", || certificates(&portal.world, &number(1)).len() == 2);
    until("a refusal", || order(&portal.world, &number(0)).state == OrderState::Refused);
    assert_eq!(problem(&portal.world, &number(0)).as_deref(), Some("weak-key"), "people are told why");
    assert!(certificates(&portal.world, &number(0)).is_empty());
    let signed = count(&record(&portal.world), "SELECT count(*) FROM signer_records");
    assert_eq!(signed, 2, "not even the sound key of that order has a certificate");
    until("the whole", || health(&portal).1["signer"]["waiting"] == 0);
    assert_eq!(health(&portal).1["signer"]["given-up"], 0);
}

/// [R839-6.P11, R839-6.P10, R839-15.1a]
#[test]
fn beside_a_portal_on_postgresql_the_signer_issues_and_refuses_whom_it_may_not_believe() {
    let portal = portal_on(Engine::Postgres, 2, |_| {});
    let mut signer = start(&portal.world, &[], None);
    until("the certificates", || all_are_issued(&portal, 2));
    whole(&portal.world, 2);
    // The operator signs once more; by the time the signer looks, the carrier is not in the operator's hands.
    take_carriers_back(&portal.world);
    order_more(&portal.world, 2..3);
    until("a refusal", || order(&portal.world, &number(2)).state == OrderState::Refused);
    assert_eq!(problem(&portal.world, &number(2)).as_deref(), Some("operator-barred"));
    assert!(certificates(&portal.world, &number(2)).is_empty());
    assert_eq!(count(&record(&portal.world), "SELECT count(*) FROM signer_records"), 4);
    let (_, said) = health(&portal);
    assert_eq!((&said["signer"]["answers"], &said["signer"]["waiting"]), (&true.into(), &0.into()), "{said}");
    assert!(signer.stop(), "the signer ends well");
}

/// Fills a small disk that a part sees at a place, up to the last octet, and says where the filler lies.
fn fill(part: u32, folder: &Path) -> PathBuf {
    let filler = PathBuf::from(format!("/proc/{part}/root{}", folder.join("filler").display()));
    let mut file = File::create(&filler).expect("a filler");
    for size in [65_536, 512] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    filler
}

/// Starts a program with a disk of so many megabytes at a folder of its own name space.
const SMALL: &str = r#"mkdir -p "$0" && mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@""#;

#[test]
fn a_signer_whose_disk_is_full_lets_nothing_out_and_goes_on_when_there_is_room() {
    const ORDERS: usize = 3;
    let small = |world: &World| world.folder.join("small");
    let portal = portal(ORDERS, |world| {
        world.set("QYZMET_SIGNER__RECORD", &small(world).join("signer.sqlite").display().to_string());
    });
    let behind = portal.world.folder.join("behind.sock");
    let folder = small(&portal.world);
    let wrapper = ["unshare", "-m", "sh", "-c", SMALL, folder.to_str().expect("a path")];
    let signer = start(&portal.world, &wrapper, Some(&behind));
    let filler = fill(signer.id(), &folder);
    // Only now may the portal ask.
    let shared: Signer = Arc::new(Mutex::new(Some(signer)));
    let gate = Gate::open(&socket(&portal.world), &behind, shared, Arc::new(|_| true));
    until("a second round of attempts", || gate.asked() > ORDERS);
    assert_eq!(certificates(&portal.world, &number(0)).len(), 0, "nothing is let out that is not recorded");
    let (_, said) = health(&portal);
    assert_eq!((&said["signer"]["waiting"], &said["signer"]["given-up"]), (&ORDERS.into(), &0.into()));
    let log = fs::read_to_string(portal.world.logs().join("signer.log")).expect("a log");
    assert!(log.contains("the disk of the database is full"), "it says why: {log}");
    fs::remove_file(filler).expect("room");
    until("the certificates", || all_are_issued(&portal, ORDERS));
}

#[test]
fn a_portal_whose_disk_is_full_keeps_what_was_signed_when_there_is_room() {
    const ORDERS: usize = 3;
    let script = r#"mkdir -p "$0" && mount -t tmpfs -o size=12m tmpfs "$0" && cp -a "$0"/../qyzmet.sqlite* "$0"/ && exec "$@""#;
    let small = |world: &World| world.folder.join("small");
    let mut portal = portal(ORDERS, |world| {
        world.set("QYZMET_STORE__PATH", &small(world).join("qyzmet.sqlite").display().to_string());
        world.set("QYZMET_WORKER__SLOTS", "1");
        world.wrapper = ["unshare", "-m", "sh", "-c", script].map(str::to_owned).to_vec();
        world.wrapper.push(small(world).display().to_string());
    });
    // Its data vanish with its name space: nothing can be looked at when it has ended.
    portal.leave_unchecked();
    let id = portal.world.portal.as_ref().map_or(0, xtask::process::Part::id);
    let (folder, behind) = (small(&portal.world), portal.world.folder.join("behind.sock"));
    let inside = format!("--mount=/proc/{id}/ns/mnt");
    let signer: Signer =
        Arc::new(Mutex::new(Some(start(&portal.world, &["nsenter", &inside], Some(&behind)))));
    // The disk fills up between the signature and the row.
    let there = folder.clone();
    let fills = move |moment| {
        if let Moment::Answered(0) = moment {
            fill(id, &there);
        }
        true
    };
    let _gate = Gate::open(&socket(&portal.world), &behind, signer, Arc::new(fills));
    until("a result that cannot be kept", || {
        let log = fs::read_to_string(portal.world.logs().join("portal.log")).expect("a log");
        log.contains("a failed job waits for the end of its lease")
    });
    let rows = || {
        let copy = copied(&PathBuf::from(format!("/proc/{id}/root{}", folder.display())));
        let sql = "SELECT count(*) FROM certificates WHERE order_number IS NOT NULL";
        count(&copy.path().join("qyzmet.sqlite"), sql)
    };
    let signed = || count(&record(&portal.world), "SELECT count(*) FROM signer_records");
    // The worker may have come to the next order meanwhile.
    let recorded = signed();
    assert!(
        recorded >= 2 && recorded.is_multiple_of(2),
        "both of an order are signed and recorded: {recorded}"
    );
    assert_eq!(rows(), 0, "they have no row");
    assert_eq!(health(&portal).1["signer"]["waiting"], ORDERS, "they wait");
    fs::remove_file(format!("/proc/{id}/root{}", folder.join("filler").display())).expect("room");
    until("the certificates", || rows() == 2 * ORDERS);
    assert_eq!(signed(), 2 * ORDERS, "nothing was signed a second time");
}

/// A copy of the store in a folder of another name space: SQLite would follow the way there to a file of this one.
fn copied(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for name in ["qyzmet.sqlite", "qyzmet.sqlite-wal"] {
        fs::copy(folder.join(name), copy.path().join(name)).expect("a copy");
    }
    copy
}

/// Whatever is started so has this user alone, without groups.
fn as_user(user: &'static str) -> [&'static str; 5] {
    let [id, group] = match user {
        "nobody" => ["--reuid=nobody", "--regid=nogroup"],
        _ => ["--reuid=daemon", "--regid=daemon"],
    };
    ["setpriv", id, group, "--clear-groups", "--"]
}

/// Everything belongs to the portal's user, who is nobody, but for a folder of the signer's and the key of the issuing authority:
/// those belong to daemon.
fn two_users(world: &mut World) {
    let script = r#"set -e
        mkdir -p "$1/keys" && cp keys/password "$1/keys/"
        chown -R nobody: . && chmod a+x . && chmod -R a+rX nca
        chmod 600 nca/keys/* && chown daemon: nca/keys/ca.* && chown -R daemon: "$1""#;
    let own = own(world).display().to_string();
    let mut changed = Command::new("sh");
    changed.args(["-c", script, "sh", &own]).current_dir(&world.folder);
    assert!(changed.status().expect("sh").success(), "this test has to be started by root");
    world.wrapper = as_user("nobody").map(str::to_owned).to_vec();
    world.set("QYZMET_SIGNER__SOCKET", &format!("{own}/socket"));
    world.set("QYZMET_SIGNER__RECORD", &format!("{own}/record.sqlite"));
}

/// The folder of the signer's user.
fn own(world: &World) -> PathBuf {
    world.folder.join("signer")
}

#[test]
fn a_portal_of_another_user_asks_when_the_signer_names_that_user_and_nobody_else_does() {
    const ORDERS: usize = 2;
    let portal = portal(ORDERS, two_users);
    let (socket, secrets) = (own(&portal.world).join("socket"), own(&portal.world).display().to_string());
    let begin = |users: &str| {
        let settings =
            [format!("QYZMET_AUTHORITY__SECRETS={secrets}"), format!("QYZMET_SIGNER__USERS={users}")];
        // The user changes last: a program below a home folder of root can be begun by setpriv alone.
        let words = [&["env", &settings[0], &settings[1]], &as_user("daemon")[..]].concat();
        start(&portal.world, &words, Some(&socket))
    };
    let mode = || fs::metadata(&socket).expect("a socket").permissions().mode() & 0o777;
    let closed = begin("[]");
    assert_eq!(mode(), 0o600);
    until("a figure", || metric(&portal, "qyzmet_signer_up").as_deref() == Some("0"));
    drop(closed);

    // Everybody may open the socket now, but the kernel says whose a connection is.
    let wrong = begin(r#"["man"]"#);
    assert_eq!(mode(), 0o666);
    until("a refusal", || {
        let log = fs::read_to_string(portal.world.logs().join("signer.log")).unwrap_or_default();
        log.contains("somebody asked the signer who may not")
    });
    assert_eq!(health(&portal).1["signer"]["answers"], false);
    assert!(certificates(&portal.world, &number(0)).is_empty());
    drop(wrong);

    let _signer = begin(r#"["nobody"]"#);
    until("the certificates", || all_are_issued(&portal, ORDERS));
    let owner = |path: &Path| fs::metadata(path).expect("a file").uid();
    assert_ne!(
        owner(&portal.world.folder.join("qyzmet.sqlite")),
        owner(&own(&portal.world).join("record.sqlite"))
    );
}
