//! What NCALayer answers: `basics` with status and body, `commonUtils` with code and responseObject.

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_pki::{Certificate, Identity, cms};
use serde_json::{Value, json};

use super::{
    Layer, Mode,
    keys::Wanted,
    request::{Request, Sign},
};

/// Extended key usages that `commonUtils` means by its key types.
const SIGNATURE: &str = "1.3.6.1.5.5.7.3.4";
const AUTHENTICATION: &str = "1.3.6.1.5.5.7.3.2";

/// The greeting, also the answer to a heartbeat.
pub(super) fn greeting() -> Value {
    json!({ "result": { "version": "1.4" } })
}

/// The answer, or `None` when the connection shall break. Opens key files: not for async threads.
pub(super) fn answer(layer: &Layer, text: &str) -> Option<Value> {
    let Ok(request) = serde_json::from_str::<Request>(text) else {
        return Some(failure("BAD_REQUEST", "not a request"));
    };
    if layer.switch.mode() == Mode::Drop {
        return None;
    }
    Some(match request.module.as_str() {
        "kz.gov.pki.knca.basics" => basics(layer, request),
        "kz.gov.pki.knca.commonUtils" => common_utils(layer, &request),
        _ => failure("MODULE_NOT_FOUND", "no such module"),
    })
}

fn basics(layer: &Layer, request: Request) -> Value {
    match layer.switch.mode() {
        // A cancelled window is told by a missing result, not by an error.
        Mode::Cancel => return json!({ "status": true, "body": {} }),
        Mode::Error => return failure("500", "the simulator was told to fail"),
        _ => {}
    }
    if request.method != "sign" {
        return failure("METHOD_NOT_FOUND", "no such method");
    }
    let Ok(sign) = serde_json::from_value::<Sign>(request.args) else {
        return failure("BAD_REQUEST", "arguments do not fit");
    };
    match sign_all(layer, sign) {
        Ok(signatures) => json!({ "status": true, "body": { "result": signatures } }),
        Err(why) => failure("500", why),
    }
}

fn sign_all(layer: &Layer, sign: Sign) -> Result<Vec<String>, &'static str> {
    let how = &sign.signing_params;
    if sign.format != "cms" || how.encapsulate || how.digested || how.tsa_profile.is_some() {
        return Err("the simulator makes detached CMS without time-stamp only");
    }
    let decode = how.decode;
    let who = sign.signer_params;
    let iins = who.iin.into_iter().chain(layer.chosen.iin()).collect();
    let wanted = Wanted { ekus: who.ext_key_usage_oids, iins, bin: who.bin };
    let identity = layer.keys.find(&wanted).ok_or("no key fits")?;
    sign.data.into_list().iter().map(|text| signature(layer, &identity, text, decode)).collect()
}

fn signature(layer: &Layer, identity: &Identity, text: &str, decode: bool) -> Result<String, &'static str> {
    let content =
        if decode { STANDARD.decode(text).map_err(|_| "data are not base64")? } else { text.into() };
    let signed = cms::sign(&content, identity, layer.clock.now()).map_err(|_| "the key does not sign")?;
    Ok(STANDARD.encode(signed))
}

fn common_utils(layer: &Layer, request: &Request) -> Value {
    let done = match layer.switch.mode() {
        Mode::Cancel => Err("action.canceled"),
        Mode::Error => Err("the simulator was told to fail"),
        _ => common_utils_method(layer, request),
    };
    let mut answer = match done {
        Ok(object) => json!({ "code": "200", "responseObject": object }),
        Err(why) => json!({ "code": "500", "message": why }),
    };
    if let (Some(uuid), Some(fields)) = (&request.uuid, answer.as_object_mut()) {
        fields.insert("uuid".to_owned(), uuid.clone());
    }
    answer
}

fn common_utils_method(layer: &Layer, request: &Request) -> Result<Value, &'static str> {
    let argument = |index: usize| request.args.get(index).and_then(Value::as_str).unwrap_or_default();
    let wanted = |key_type: &str| Wanted {
        ekus: vec![if key_type == "AUTHENTICATION" { AUTHENTICATION } else { SIGNATURE }.to_owned()],
        iins: layer.chosen.iin().into_iter().collect(),
        bin: None,
    };
    let identity = |key_type| layer.keys.find(&wanted(key_type)).ok_or("no key fits");
    match request.method.as_str() {
        "getActiveTokens" => Ok(json!(["PKCS12"])),
        "getKeyInfo" => {
            let identity = identity("SIGNATURE")?;
            Ok(key_info(identity.certificate().map_err(|_| "no key fits")?))
        }
        "createCAdESFromBase64" if request.args.get(3) != Some(&Value::Bool(true)) => {
            Ok(json!(signature(layer, &*identity(argument(1))?, argument(2), true)?))
        }
        _ => Err("the simulator has no such method"),
    }
}

/// The fields that pages use to show whose key it is; times are those of Almaty.
fn key_info(certificate: &Certificate) -> Value {
    let almaty = jiff::tz::TimeZone::fixed(qyzmet_domain::calendar::KAZAKHSTAN);
    let time = |at: jiff::Timestamp| at.to_zoned(almaty.clone()).strftime("%d.%m.%Y %H:%M:%S").to_string();
    json!({
        "alias": certificate.serial(),
        "keyId": certificate.serial(),
        "subjectCn": certificate.subject().common_name,
        "issuerCn": certificate.issuer_common_name(),
        "serialNumber": certificate.serial().to_lowercase(),
        "certNotBefore": time(certificate.not_before()),
        "certNotAfter": time(certificate.not_after()),
        "pem": certificate.pem(),
    })
}

fn failure(code: &str, message: &str) -> Value {
    json!({ "status": false, "code": code, "message": message, "details": "" })
}
