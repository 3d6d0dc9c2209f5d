//! xmlsec1 as a stranger, and attempts to wrap or change signed messages.

use std::fs;

use qyzmet_pki::{
    Identity, Invalid, KeyKind,
    xml::{self, XmlInvalid},
};
use tempfile::TempDir;

use crate::support::{World, chain_pem, must, now, organisation, run, tool};

const MESSAGE: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:unused=\"urn:x\">\r\n",
    " <soap:Header/>\n <soap:Body>\n  <b:SendMessage xmlns:b=\"http://bip.bee.kz/SyncChannel/v10/Types\" z='1' a=\"2\">",
    "<request><data>Әсел &amp; «үлгі» &lt;x&gt; <![CDATA[<signed/>]]></data></request></b:SendMessage>\n </soap:Body>\n",
    "</soap:Envelope>",
);

fn world() -> (World, Identity) {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("system-sign", KeyKind::EcP256, &organisation());
    (world, identity)
}

/// Trust that knows the issuing authority: the profile encloses one certificate only.
fn trust(world: &World) -> qyzmet_pki::Trust {
    let trust = qyzmet_pki::Trust::new(
        vec![world.root.certificate().unwrap().clone()],
        world.issuing.chain().to_vec(),
    );
    trust.add_crl(&world.root_crl).unwrap();
    trust.add_crl(&world.crl).unwrap();
    trust
}

fn verify(world: &World, message: &str) -> Result<String, XmlInvalid> {
    let certificate = xml::verify_body(message, &trust(world), now())?;
    Ok(certificate.subject().bin.clone().unwrap_or_default())
}

/// xmlsec1 takes the key from the file, since it does not read the WS-Security form of KeyInfo.
const XMLSEC: &str = "xmlsec1 --verify --id-attr:Id Body --pubkey-cert-pem own.pem --insecure";

#[test]
fn xmlsec1_verifies_our_bodies_and_refuses_changed_ones() {
    if !tool("xmlsec1") {
        return;
    }
    for kind in [KeyKind::EcP256, KeyKind::Rsa2048] {
        let world = World::new(KeyKind::EcP256);
        let identity = world.enrol("system-sign", kind, &organisation());
        let without_header = MESSAGE.replace(" <soap:Header/>\n", "");
        let with_header = MESSAGE
            .replace("<soap:Header/>", "<soap:Header a='>'><x:other xmlns:x=\"urn:y\"/></soap:Header>");
        for message in [MESSAGE, &without_header, &with_header] {
            let signed = xml::sign_body(message, &identity).unwrap();
            let folder = TempDir::new().unwrap();
            fs::write(folder.path().join("own.pem"), identity.chain[0].pem()).unwrap();
            fs::write(folder.path().join("signed.xml"), &signed).unwrap();
            let said = must(folder.path(), &format!("{XMLSEC} signed.xml"));
            assert!(said.contains("OK"), "{said}");
            assert_eq!(verify(&world, &signed).as_deref(), Ok("060340004567"));
            let changed = signed.replace("Әсел", "Асел");
            fs::write(folder.path().join("changed.xml"), &changed).unwrap();
            assert!(!run(folder.path(), &format!("{XMLSEC} changed.xml")).0);
            assert_eq!(verify(&world, &changed), Err(Invalid::ContentChanged.into()));
        }
    }
}

#[test]
fn we_verify_bodies_that_xmlsec1_signed() {
    if !tool("xmlsec1") {
        return;
    }
    for kind in [KeyKind::EcP256, KeyKind::Rsa2048] {
        let world = World::new(KeyKind::EcP256);
        let identity = world.enrol("system-sign", kind, &organisation());
        let template = emptied(&xml::sign_body(MESSAGE, &identity).unwrap());
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("key.pem"), identity.signer.to_encrypted_pem("k").unwrap()).unwrap();
        fs::write(folder.path().join("chain.pem"), chain_pem(world.issuing.chain())).unwrap();
        fs::write(folder.path().join("template.xml"), template).unwrap();
        let sign =
            "xmlsec1 --sign --id-attr:Id Body --privkey-pem key.pem --pwd k --output signed.xml template.xml";
        must(folder.path(), sign);
        let signed = fs::read_to_string(folder.path().join("signed.xml")).unwrap();
        assert_eq!(verify(&world, &signed).as_deref(), Ok("060340004567"), "{signed}");
        assert_eq!(verify(&world, &signed.replace("Әсел", "Асел")), Err(Invalid::ContentChanged.into()));
    }
}

/// The signed message with empty digest and signature values.
fn emptied(signed: &str) -> String {
    let mut text = signed.to_owned();
    for element in ["ds:DigestValue", "ds:SignatureValue"] {
        let start = text.find(&format!("<{element}>")).unwrap() + element.len() + 2;
        let end = text.find(&format!("</{element}>")).unwrap();
        text.replace_range(start..end, "");
    }
    text
}

/// Every way to move, double or hide the signed body that we know of.
#[test]
fn wrapped_messages_are_refused() {
    let (world, identity) = world();
    let signed = xml::sign_body(MESSAGE, &identity).unwrap();
    let body_start = signed.find("<soap:Body").unwrap();
    let body_end = signed.find("</soap:Body>").unwrap() + "</soap:Body>".len();
    let body = &signed[body_start..body_end];
    let evil = "<soap:Body><evil/></soap:Body>";
    let id = body.split("wsu:Id=\"").nth(1).unwrap().split('"').next().unwrap();
    let wsu =
        "xmlns:wsu=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd\"";
    let evil_same_id = format!("<soap:Body {wsu} wsu:Id=\"{id}\"><evil/></soap:Body>");
    let into_header = |evil: &str| {
        signed.replace(body, evil).replace("</soap:Header>", &format!("<w>{body}</w></soap:Header>"))
    };
    let security_start = signed.find("<wsse:Security").unwrap();
    let security_end = signed.find("</wsse:Security>").unwrap() + "</wsse:Security>".len();
    let security = &signed[security_start..security_end];
    let signature =
        &security[security.find("<ds:Signature ").unwrap()..security.find("</wsse:Security>").unwrap()];
    let cases = [
        ("the body moved into the header", into_header(evil)),
        ("the body moved into the header, its identifier copied", into_header(&evil_same_id)),
        ("a second body before", signed.replace(body, &format!("{evil}{body}"))),
        ("a second body behind", signed.replace(body, &format!("{body}{evil}"))),
        (
            "the body inside another body",
            signed.replace(body, &format!("<soap:Body><evil/>{body}</soap:Body>")),
        ),
        ("another element behind the body", signed.replace("</soap:Envelope>", "<x/></soap:Envelope>")),
        (
            "another element with the identifier",
            signed.replace("</soap:Header>", &format!("<w Id=\"{id}\"/></soap:Header>")),
        ),
        (
            "another envelope around",
            signed.replace(
                &signed[signed.find("<soap:Envelope").unwrap()..],
                &format!("<x>{}</x>", &signed[signed.find("<soap:Envelope").unwrap()..]),
            ),
        ),
        ("two security headers", signed.replace(security, &format!("{security}{security}"))),
        ("two signatures", signed.replace(signature, &format!("{signature}{signature}"))),
        ("a whole-document reference", signed.replace(&format!("URI=\"#{id}\""), "URI=\"\"")),
        (
            "an XPointer reference",
            signed.replace(&format!("URI=\"#{id}\""), &format!("URI=\"#xpointer(id('{id}'))\"")),
        ),
        ("an outside reference", signed.replace(&format!("URI=\"#{id}\""), "URI=\"http://example.kz/\"")),
        ("another canonical form", signed.replacen("10/xml-exc-c14n#", "10/xml-exc-c14n#WithComments", 1)),
        ("a weaker digest", signed.replace("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1")),
        ("an HMAC in place of a signature", signed.replace("#ecdsa-sha256", "#hmac-sha256")),
        ("a comment in the body", signed.replace("Әсел", "Ә<!-- -->сел")),
        (
            "a document type",
            signed.replace("<soap:Envelope", "<!DOCTYPE x [<!ENTITY e \"x\">]><soap:Envelope"),
        ),
        ("an unsigned message", MESSAGE.to_owned()),
        ("an empty text", String::new()),
        ("cut off", signed[..signed.len() / 2 - 1].to_owned()),
    ];
    assert!(verify(&world, &signed).is_ok());
    for (name, message) in cases {
        assert_ne!(message, signed, "{name} changes nothing");
        assert!(verify(&world, &message).is_err(), "{name} was accepted");
    }
}

#[test]
fn deep_and_large_messages_are_refused_without_harm() {
    let (world, _) = world();
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert!(verify(&world, &deep).is_err());
    assert!(verify(&world, &" ".repeat(9 << 20)).is_err());
}
