//! Keys of a ceremony: each is made once, in the place that the plan names, and found there afterwards.

use std::fs;

use qyzmet_pki::{Pin, Signer, TokenError, TokenKey, token};
use secrecy::{ExposeSecret, SecretString};

use super::{
    NcaError,
    folder::{Folder, Readers, put_new},
    plan::{KeyPlace, Plan, Planned},
    secret::Secrets,
};

/// Refuses a token that holds a key under a planned label before the ceremony has begun: the ceremony brings no key in, and
/// takes none over.
pub(super) fn refuse_existing(plan: &Plan, secrets: &mut Secrets<'_>) -> Result<(), NcaError> {
    for planned in &plan.certificates {
        if let KeyPlace::Token(name) = &planned.place {
            let key = token_key(plan, planned, name, None, secrets)?;
            match token::find(&key) {
                Ok(None) => {}
                Ok(Some(_)) | Err(TokenError::Imported | TokenError::SeveralKeys) => {
                    return Err(NcaError::KeyExists { name: planned.name.clone() });
                }
                Err(cause) => return Err(NcaError::token(&planned.name)(cause)),
            }
        }
    }
    Ok(())
}

/// The planned key: found when it was made before a crash, made otherwise. `id` was drawn when the ceremony began and tells
/// the ceremony's own key in a token from any other.
pub(super) fn make_or_find(
    folder: &Folder,
    plan: &Plan,
    planned: &Planned,
    id: &[u8],
    secrets: &mut Secrets<'_>,
) -> Result<Signer, NcaError> {
    match &planned.place {
        KeyPlace::File(source) => {
            let passphrase = secrets.get(source)?;
            if !folder.key(&planned.name).exists() {
                write(folder, planned, &passphrase)?;
            }
            // Opened also when it was just made: a key that its passphrase does not open must not be certified.
            open_file(folder, &planned.name, &passphrase)
        }
        KeyPlace::Token(name) => {
            let failed = NcaError::token(&planned.name);
            let key = token_key(plan, planned, name, Some(id), secrets)?;
            let public = match token::find(&key).map_err(&failed)? {
                Some(public) => public,
                None => token::generate(&key, planned.kind).map_err(&failed)?,
            };
            Signer::in_token(key, &public).map_err(NcaError::key(&planned.name))
        }
    }
}

fn write(folder: &Folder, planned: &Planned, passphrase: &SecretString) -> Result<(), NcaError> {
    let signer = Signer::generate(planned.kind).map_err(NcaError::key(&planned.name))?;
    let pem = signer.to_encrypted_pem(passphrase.expose_secret()).map_err(NcaError::key(&planned.name))?;
    put_new(&folder.key(&planned.name), pem.as_bytes(), Readers::Owner)
}

/// Opens a key file of the folder.
pub(super) fn open_file(folder: &Folder, name: &str, passphrase: &SecretString) -> Result<Signer, NcaError> {
    let path = folder.key(name);
    let pem = fs::read_to_string(&path).map_err(|why| NcaError::file(&path, why))?;
    Signer::from_encrypted_pem(&pem, passphrase.expose_secret()).map_err(NcaError::key(name))
}

fn token_key(
    plan: &Plan,
    planned: &Planned,
    token: &str,
    id: Option<&[u8]>,
    secrets: &mut Secrets<'_>,
) -> Result<TokenKey, NcaError> {
    let token = plan.tokens.get(token).ok_or_else(|| NcaError::file(&plan.folder, "no such token"))?;
    let pin = secrets.get(&token.pin)?;
    Ok(token.key(&planned.name, id, Pin::new(pin.expose_secret().to_owned())))
}
