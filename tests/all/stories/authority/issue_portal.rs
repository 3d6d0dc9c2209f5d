//! Certificates ordered through the portal: the keys are the recipient's, the subject is the register's, the order is
//! what an operator signed. The requests for certificates are made by OpenSSL.

use std::{collections::BTreeMap, process::Command};

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_app::{
    Error, FillPage, NextPage, OFFICER, StepView,
    authority::ShowInstall,
    conduct::{AcknowledgeInstruction, AttestWorkstation, SettleOperator},
    desk::{ApproveWork, Place, ReceivePapers, ReportEvent, ShowDecision},
};
use qyzmet_domain::{CaseId, Locale, RequestNumber, conduct::Carrier};
use qyzmet_pki::{
    Certificate, Identity,
    authority::{Holder, Order, Organisation, Person as Subject},
    cms,
};
use qyzmet_store::repositories::certificates::{self, CertificateRow};
use tempfile::TempDir;

use super::{
    super::{
        desk::Officer,
        world::{OTHER, Person, WELL, World, eventually, files_of, hours, pki, with_authority},
    },
    hold, row,
};

pub(super) const SERVICE: &str = "nca-issue-portal";

/// A request for a certificate over a fresh key, as OpenSSL makes it; the name in it is a claim.
pub(super) fn request(claim: &str) -> String {
    let folder = TempDir::new().expect("a folder");
    let (key, request) = (folder.path().join("key.pem"), folder.path().join("request.der"));
    let made = Command::new("openssl")
        .args(["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"])
        .args(["-subj", claim, "-outform", "DER"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&request)
        .output()
        .expect("openssl");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    STANDARD.encode(std::fs::read(&request).expect("a request"))
}

pub(super) fn keys(claim: &str) -> String {
    let one = |profile: &str| serde_json::json!({ "profile": profile, "request": request(claim) });
    serde_json::json!([one("sign"), one("auth")]).to_string()
}

pub(super) async fn fill(
    world: &World,
    (person, case): (&Person, CaseId),
    page: &str,
    values: &[(&str, &str)],
) -> Result<NextPage, Error> {
    let seen = world.seen(person, case).await;
    let values: BTreeMap<_, _> =
        values.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    let fill = FillPage { case, seen, page: page.to_owned(), values, locale: Locale::Kk };
    world.run(&person.caller, fill).await
}

/// A form that is filled in up to its keys.
pub(super) async fn at_the_keys(world: &World, person: &Person) -> CaseId {
    let case = world.start_service(person, SERVICE).await;
    let at = (person, case);
    fill(world, at, "contact", &[("email", "aliya@example.kz")]).await.expect("taken");
    let centre =
        [("region", "Ақмола облысы"), ("settlement", "Көкшетау"), ("registration-centre", "№ 1 ХҚКО")];
    fill(world, at, "centre", &centre).await.expect("taken");
    fill(world, at, "storage", &[("storage", "carrier")]).await.expect("taken");
    case
}

/// Orders certificates for these keys; the application waits for the papers.
pub(super) async fn ordered(world: &World, person: &Person, keys: &str) -> CaseId {
    let case = at_the_keys(world, person).await;
    fill(world, (person, case), "keys", &[("keys", keys)]).await.expect("taken");
    case
}

/// The number of an order, once the register has answered.
pub(super) async fn waiting(world: &World, person: &Person, case: CaseId) -> RequestNumber {
    let number = eventually("a number", async || world.view(person, case).await.request_number).await;
    number.parse().expect("a number")
}

/// An operator of the authority: somebody of the unit whose certificate says so.
pub(super) struct Operator {
    pub(super) officer: Officer,
    pub(super) key: Identity,
}

impl Operator {
    pub(super) async fn new(world: &World) -> Self {
        let officer = world.officer_of(OTHER, "operator", vec![OFFICER]).await;
        let iin = officer.person.iin.as_str();
        let person = Subject::new(Some("ҮЛГІ"), Some("АДАМ"), iin).expect("a person");
        let organisation = Organisation::new("«ҮЛГІ» ХҚКО", "160440007161").expect("an organisation");
        let key = pki().enrol("operator-sign", Holder::Member { person, organisation }, hours(24, 24 * 360));
        let own = row(officer.person.account, &officer.person, &key.chain[0]);
        let own = CertificateRow { profile: "operator-sign".to_owned(), ..own };
        let of_root = CertificateRow {
            issuer: "root".to_owned(),
            ..row(officer.person.account, &officer.person, &key.chain[1])
        };
        let above = CertificateRow { account: None, holder: None, profile: "issuing".to_owned(), ..of_root };
        let write = world.app.store.write(move |tx| {
            certificates::insert(tx, &own)?;
            certificates::insert(tx, &above)
        });
        write.await.expect("known");
        let carrier = Carrier::parse("AKKaztokenStore", &format!("KZ-{iin}")).expect("a carrier");
        let settle =
            SettleOperator { account: officer.person.account, carrier, words: "сынақ".to_owned() };
        world.system(settle).await.expect("an operator");
        let caller = world.caller(&officer.token).await.expect("a session");
        Self { officer: Officer { caller, ..officer }, key }
    }

    /// Takes the application and the papers in.
    pub(super) async fn receives(&self, world: &World, case: CaseId) {
        let place = Place { case, action: 5 };
        let visit = world.work(&self.officer, case, 5).await.visit;
        world
            .run(&self.officer.caller, ReportEvent { place, visit, says: BTreeMap::new() })
            .await
            .expect("here");
        let (place, visit) = (Place { case, action: 6 }, world.work(&self.officer, case, 6).await.visit);
        let papers = ["application", "identity-document"].map(str::to_owned).to_vec();
        world.run(&self.officer.caller, ReceivePapers { place, visit, papers }).await.expect("received");
    }

    /// Signs the order with a key.
    pub(super) async fn approves(&self, world: &World, case: CaseId, key: &Identity) -> Vec<u8> {
        self.signs(world, Place { case, action: 8 }, key).await
    }

    /// Confirms a request for which nobody comes, at the action of its table.
    pub(super) async fn confirms(&self, world: &World, case: CaseId, action: u32) {
        self.signs(world, Place { case, action }, &self.key).await;
    }

    /// Does what an operator has to do again and again.
    pub(super) async fn stays_in_order(&self, world: &World) {
        let (antivirus, allow_list, applications) = (true, true, true);
        let checked_on = world.app.today();
        let attest = AttestWorkstation { checked_on, antivirus, allow_list, applications };
        world.run(&self.officer.caller, attest).await.expect("attested");
        world.run(&self.officer.caller, AcknowledgeInstruction).await.expect("acknowledged");
    }

    /// The own certificate is put on hold.
    pub(super) async fn is_held(&self, world: &World) {
        hold(world, &hex::encode(self.key.chain[0].serial_number().as_bytes())).await;
    }

    async fn signs(&self, world: &World, place: Place, key: &Identity) -> Vec<u8> {
        let visit = world.work(&self.officer, place.case, place.action).await.visit;
        let bytes = world.run(&self.officer.caller, ShowDecision { place }).await.expect("an order").bytes;
        let signature = cms::sign(&bytes, key, world.app.now()).expect("signed");
        world.run(&self.officer.caller, ApproveWork { place, visit, signature }).await.expect("approved");
        bytes
    }
}

/// The clause of the refusal with which a case ends.
pub(super) async fn refused(world: &World, person: &Person, case: CaseId) -> String {
    match world.ended(person, case).await.step {
        StepView::Refused(refusal) => refusal.clause,
        _ => panic!("not refused"),
    }
}

/// [R839-6.P1, R839-6.P4, R839-6.P6, R839-6.P9, R839-6.C3, R839-6.P11, R839-5.15]
#[test]
fn whom_an_operator_has_identified_gets_certificates_over_the_own_keys() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=whatever a browser says")).await;
        operator.receives(world, case).await;
        let order = operator.approves(world, case, &operator.key).await;
        let order = Order::from_bytes(&order).expect("what is signed is the order and nothing else");

        let view = world.ended(&person, case).await;
        assert!(matches!(view.step, StepView::Issued { .. }));
        let number = view.request_number.expect("a number");
        assert_eq!(order.number(), number, "the unique number of the application");
        let install = ShowInstall { number: number.parse().expect("a number"), locale: Locale::Kk };
        let install = world.run(&person.caller, install).await.expect("certificates");
        assert_eq!(install.certificates.len(), 2, "one to sign, one to sign in");
        assert_eq!(install.chain.len(), 2, "the issuing authority and the root");
        for one in install.certificates {
            let der = STANDARD.decode(one.certificate).expect("base64");
            let certificate = Certificate::from_der(&der).expect("a certificate");
            assert_eq!(certificate.subject().iin.as_deref(), Some(person.iin.as_str()), "from the register");
            assert_ne!(certificate.subject().common_name.as_deref(), Some("whatever a browser says"));
        }
    });
}

/// [R839-6.C3, R839-6.P10]
#[test]
fn an_order_that_no_operator_has_signed_is_refused() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        operator.receives(world, case).await;
        // The officer's own key, but not that of an operator.
        operator.approves(world, case, &operator.officer.person.sign).await;
        assert_eq!(refused(world, &person, case).await, "839-2012:6.C3");
    });
}

/// [R839-6.C3, R839-19.5c]
#[test]
fn the_signature_of_an_operator_whose_certificate_is_on_hold_counts_for_nothing_at_once() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        operator.receives(world, case).await;
        let place = Place { case, action: 8 };
        let visit = world.work(&operator.officer, case, 8).await.visit;
        let bytes =
            world.run(&operator.officer.caller, ShowDecision { place }).await.expect("an order").bytes;
        let signature = cms::sign(&bytes, &operator.key, world.app.now()).expect("signed");
        operator.is_held(world).await;
        let approve = ApproveWork { place, visit, signature };
        // Either the list has reached the portal already, or the row says so: nothing is issued in both cases.
        if world.run(&operator.officer.caller, approve).await.is_ok() {
            assert_eq!(refused(world, &person, case).await, "839-2012:6.C3");
        }
        let serials = world.app.store.read({
            let account = person.account;
            move |tx| certificates::of_account(tx, account, 10)
        });
        assert!(serials.await.expect("rows").is_empty());
    });
}

/// [R839-6.P1]
#[test]
fn a_request_in_the_name_of_somebody_else_becomes_no_certificate() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let other = format!("/CN=x/serialNumber=IIN{}", operator.officer.person.iin.as_str());
        let case = ordered(world, &person, &keys(&other)).await;
        operator.receives(world, case).await;
        operator.approves(world, case, &operator.key).await;
        assert_eq!(refused(world, &person, case).await, "839-2012:6.C3");
    });
}
