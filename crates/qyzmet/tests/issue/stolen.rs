//! A portal in strange hands: whoever is at the socket may say anything, and gets no certificate out of the signer.

use std::{
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use qyzmet::signer::{Limits, OverSocket, listen, serve};
use qyzmet_app::{
    authority::state::{Change, Changed, Step, change},
    ports::{CertificatesOrder, Fault, OrderRefusal, Signing, Unsigned},
};
use qyzmet_domain::{
    DutyId,
    conduct::{Carrier, DutyKind},
};
use qyzmet_pki::{
    KeyKind, Signer,
    authority::{Holder, Order, OrderedCertificate, OrderedKey, SubjectFacts},
    cms,
    request::Request,
};
use qyzmet_store::repositories::{
    carriers,
    duties::{self, DutyRow},
    officers::{self, OfficerRow},
};
use tempfile::{TempDir, tempdir};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
    sync::watch,
};

use super::world::{Pki, World, account, asked, member, named, new_order, now, officer, profile, store};

/// A portal with a signer in its own process: another store for its record, and nothing but a socket between them.
struct Room {
    world: World,
    signer: OverSocket,
    socket: PathBuf,
    _folder: TempDir,
    _stop: watch::Sender<bool>,
}

async fn room() -> Room {
    let folder = tempdir().unwrap();
    Pki::found().keep(folder.path());
    let record = store(folder.path(), "signer.sqlite").await;
    let socket = folder.path().join("signer.sock");
    let asks = OverSocket::new(socket.clone(), Duration::from_secs(20));
    let role = std::cell::OnceCell::new();
    let world = World::open(folder.path(), |pki, portal, clock| {
        let _ = role.set(pki.role((portal.clone(), record), clock));
        Arc::new(asks)
    })
    .await;
    let listener = listen(&socket, &[]).await.unwrap();
    let limits = Limits { connections: 8, patience: Duration::from_millis(500), others: Vec::new() };
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(serve(listener, Arc::new(role.into_inner().unwrap()), limits, stopped));
    let signer = OverSocket::new(socket.clone(), Duration::from_secs(20));
    Room { world, signer, socket, _folder: folder, _stop: stop }
}

/// Something about the operator that began an hour ago and is over by now.
fn duty(kind: DutyKind) -> DutyRow {
    let an_hour_ago = now() - jiff::SignedDuration::from_hours(1);
    DutyRow {
        id: DutyId::from_parts(now(), [step_number(); 10]),
        account: account(),
        body: "nca".to_owned(),
        unit: "operator".to_owned(),
        kind,
        begins_at: an_hour_ago,
        ends_at: Some(now()),
        due_at: None,
        alarm_at: None,
        done_at: None,
        entered_by: account(),
        words: String::new(),
        outcome: None,
        answer: None,
    }
}

/// The next number of a step in this process.
fn step_number() -> u8 {
    static STEPS: AtomicU8 = AtomicU8::new(1);
    STEPS.fetch_add(1, Ordering::Relaxed)
}

impl Room {
    /// A question that the signer would answer.
    async fn good(&self, number: &str) -> CertificatesOrder {
        self.world.intended(new_order(number, [asked(), asked()])).await;
        self.world.question(number).await
    }

    async fn refused(&self, question: CertificatesOrder, why: &str) {
        match self.signer.certificates(question).await {
            Err(Unsigned::Refused(OrderRefusal { why: said, .. })) => assert!(said.contains(why), "{said}"),
            other => panic!("{why}: {:?}", other.map(|_| "certificates")),
        }
    }

    /// The signer does not sign, and would if something else than the order were otherwise.
    async fn delayed(&self, question: CertificatesOrder, why: &str) {
        match self.signer.certificates(question).await {
            Err(Unsigned::Fault(Fault::Unavailable(said))) => assert!(said.contains(why), "{said}"),
            other => panic!("{why}: {:?}", other.map(|_| "certificates")),
        }
    }

    async fn step(&self, step: Step) {
        let serial = self.world.pki.operator.chain[0].serial_number().as_bytes().to_vec();
        // Every step draws other names than the one before.
        let seed = [step_number(), 7].map(|byte| [byte; 16]).concat().try_into().unwrap();
        let changed = self.world.app.store.write(move |tx| {
            let mut draw = qyzmet_app::Draw::new(seed, now());
            let wish = Change { issuer: "ca", serial: &serial, step, actor: "test", clause: "839-2012:5.15" };
            change(tx, &mut draw, &wish)
        });
        assert!(matches!(changed.await, Ok::<_, qyzmet_app::Error>(Changed::Done(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_the_socket_an_order_becomes_certificates_and_only_the_owner_may_ask() {
    let room = room().await;
    assert_eq!(std::fs::metadata(&room.socket).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(listen(&room.socket, &[]).await.is_err(), "a second signer takes no socket of a living one");
    room.world.intended(new_order("N-1", [asked(), asked()])).await;
    room.world.work(2);
    assert_eq!(room.world.issued("N-1").await.len(), 2);
}

/// [R839-6.C3]
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_signature_of_an_operator_moves_nothing() {
    let room = room().await;
    let good = room.good("N-1").await;
    let by = |identity| cms::sign(&good.order, identity, now()).unwrap();
    let key = || Signer::generate(KeyKind::EcP256).unwrap();
    let (issuing, stranger) = (room.world.pki.issuing(), Pki::found());
    let valid = profile("employee-sign").validity(now()).unwrap();
    let employee = issuing.enrol(profile("employee-sign"), &member(), key(), [9; 20], valid).unwrap();
    let unknown = issuing.enrol(profile("operator-sign"), &member(), key(), [8; 20], valid).unwrap();
    for (signature, why) in [
        (by(&stranger.operator), "does not hold"),
        (by(&employee), "not an operator"),
        (by(&unknown), "not known"),
        (cms::sign(b"another order", &room.world.pki.operator, now()).unwrap(), "does not hold"),
        (b"no signature".to_vec(), "does not hold"),
    ] {
        room.refused(CertificatesOrder { signature, ..good.clone() }, why).await;
    }
}

/// [R839-6.C3]
#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_operator_moves_nothing_even_with_a_signature_of_before() {
    let room = room().await;
    let good = room.good("N-1").await;
    room.step(Step::Hold).await;
    room.refused(good.clone(), "on hold").await;
    room.step(Step::Release).await;
    let certificates = room.signer.certificates(good.clone()).await.unwrap();
    room.step(Step::Hold).await;
    assert!(room.signer.certificates(good).await == Ok(certificates), "what is signed is given again");
}

/// [R839-15.1f, R839-15.1g, R839-19.5c, R839-19.5f]
#[tokio::test(flavor = "multi_thread")]
async fn an_operator_who_may_not_act_moves_nothing_whatever_the_portal_lets_pass() {
    let room = room().await;
    let good = room.good("N-1").await;
    let store = room.world.app.store.clone();
    let is = async |roles: &[&str], ends_at| {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        let row = OfficerRow { roles, ends_at, ..officer() };
        store.write(move |tx| officers::put(tx, &row)).await.unwrap();
    };
    is(&["officer"], Some(now())).await;
    room.refused(good.clone(), "no officer now").await;
    // Whoever certifies is an operator, in whichever role: without a carrier in hand the signature moves nothing.
    is(&["officer"], None).await;
    let (serial, by) = ("KZ-1", account());
    assert!(store.write(move |tx| carriers::take_back(tx, serial, by, now())).await.unwrap());
    room.refused(good.clone(), "operator-no-carrier").await;
    let carrier = Carrier::parse("AKKaztokenStore", "KZ-2").unwrap();
    assert!(store.write(move |tx| carriers::give(tx, &carrier, (by, by), now())).await.unwrap());
    for (kind, why) in [(DutyKind::Departure, "operator-left"), (DutyKind::KeyLost, "operator-key-lost")] {
        let owed = duty(kind);
        let id = owed.id;
        store.write(move |tx| duties::insert(tx, &owed)).await.unwrap();
        room.refused(good.clone(), why).await;
        assert!(store.write(move |tx| duties::close(tx, id, now(), ("done", None))).await.unwrap());
    }
    assert_eq!(room.signer.certificates(good).await.map(|all| all.len()), Ok(2));
}

/// [R839-6.P9]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_else_than_what_the_operator_signed_is_certified() {
    let room = room().await;
    let good = room.good("N-1").await;
    let text = String::from_utf8(good.order.clone()).unwrap();
    for (from, to) in [
        ("900101450007", "850101300015"),
        ("person-sign", "head-sign"),
        ("person-sign", "person-single"),
        ("N-1", "N-2"),
    ] {
        assert!(text.contains(from));
        let order = text.replacen(from, to, 1).into_bytes();
        room.refused(CertificatesOrder { order, ..good.clone() }, "does not hold").await;
    }
    let with = |change: &dyn Fn(&mut CertificatesOrder)| {
        let mut question = good.clone();
        change(&mut question);
        question
    };
    let mut other = good.wishes[0].serial;
    other[19] ^= 1;
    let earlier = now() - jiff::SignedDuration::from_hours(1);
    let later = good.wishes[0].not_after + jiff::SignedDuration::from_secs(1);
    let strange = asked();
    for (question, why) in [
        (with(&|q| q.wishes[0].request = strange.clone()), "not the request"),
        (with(&|q| q.wishes.swap(0, 1)), "not the request"),
        (with(&|q| drop(q.wishes.pop())), "not the certificates"),
        (with(&|q| q.wishes.clear()), "nothing is asked"),
        (with(&|q| q.wishes[0].serial = other), "not the body"),
        (with(&|q| q.wishes[0].part += 1), "not the body"),
        (with(&|q| q.wishes[0].not_before = earlier), "before it was ordered"),
        (with(&|q| q.wishes[0].not_after = later), "not the time"),
    ] {
        room.refused(question, why).await;
    }
    let future = with(&|q| q.wishes[0].not_before = now() + jiff::SignedDuration::from_hours(1));
    room.delayed(future, "a clock is wrong").await;
    room.delayed(with(&|q| q.wishes[0].issuer = "root".to_owned()), "no key").await;
    assert_eq!(room.signer.certificates(good).await.map(|all| all.len()), Ok(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_gives_the_same_certificates_and_a_key_gets_no_second_one() {
    let room = room().await;
    let good = room.good("N-1").await;
    let first = room.signer.certificates(good.clone()).await;
    assert!(first.is_ok() && first == room.signer.certificates(good.clone()).await);
    let mut other = good.clone();
    other.wishes[0].serial[19] ^= 1;
    other.wishes[0].body_sha256 = vec![0; 32];
    room.refused(other, "another certificate").await;
    // The same keys in another order, really signed by the operator.
    let ordered = good.wishes.iter().zip(["person-sign", "person-auth"]).map(|(wish, id)| {
        let key = Request::from_der(&wish.request).unwrap().key().id();
        OrderedCertificate::new(profile(id), &OrderedKey { der: &wish.request, key })
    });
    let facts = SubjectFacts::new(Holder::Person(named("Басқаева", "900101450007"))).unwrap();
    let order = Order::new("N-9", now(), &facts, ordered.collect()).unwrap().to_bytes().unwrap();
    let signature = cms::sign(&order, &room.world.pki.operator, now()).unwrap();
    room.refused(CertificatesOrder { order, signature, wishes: good.wishes }, "another certificate").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_cannot_order_an_authority() {
    let room = room().await;
    let mut good = room.good("N-1").await;
    good.wishes.truncate(1);
    let key = Request::from_der(&good.wishes[0].request).unwrap().key().id();
    let request = OrderedKey { der: &good.wishes[0].request, key };
    let facts = SubjectFacts::new(Holder::service("ҰКО")).unwrap();
    for id in ["issuing", "root", "responder", "time-stamp"] {
        let ordered = vec![OrderedCertificate::new(profile(id), &request)];
        let order = Order::new("N-9", now(), &facts, ordered).unwrap().to_bytes().unwrap();
        let signature = cms::sign(&order, &room.world.pki.operator, now()).unwrap();
        let question = CertificatesOrder { order, signature, wishes: good.wishes.clone() };
        room.refused(question, "nobody orders by this profile").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_without_sense_harm_nobody() {
    let room = room().await;
    let good = room.good("N-1").await;
    let framed = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat();
    for bytes in [
        framed(b"no question"),
        framed(b"{\"certificates\":{\"order\":[],\"signature\":[],\"wishes\":[]}}"),
        framed(b"{\"list\":{\"issuer\":\"ca\",\"series\":\"x\"}}"),
        framed(&[b'['; 200_000]),
        u32::MAX.to_be_bytes().to_vec(),
        vec![0, 0],
        framed(b"{}")[..5].to_vec(),
        vec![],
    ] {
        let mut stream = UnixStream::connect(&room.socket).await.unwrap();
        stream.write_all(&bytes).await.unwrap();
        // Half a frame is waited for as long as the signer's patience lasts, then the connection ends.
        let mut answer = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
        assert!(ended.is_ok(), "{bytes:?}");
        assert!(!String::from_utf8_lossy(&answer).contains("\"certificates\""));
    }
    assert_eq!(room.signer.certificates(good).await.map(|all| all.len()), Ok(2));
}
