//! The work at the card: one piece at a time, each opened by the PIN of the person who stands there.

use std::{sync::Mutex, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_domain::Locale;
use qyzmet_pki::{
    Certificate,
    card::{CardError, CardReader, CardView, OpenCard, Tries, WantedKey},
};
use qyzmet_web::{CardWork, card_question};

use super::{
    Gone, PinSource,
    wire::{CertificatesKept, KeyRequest, KeysMade, KeysWanted, Trouble},
};

/// Fills bytes from the random source of the operating system; says whether it could.
pub type Draw = fn(&mut [u8]) -> bool;

/// Reader, keyboard and patience.
#[derive(Debug)]
pub struct Bench {
    reader: CardReader,
    pin: PinSource,
    patience: Duration,
    draw: Draw,
    /// Held while the card works: two pages must not ask for a PIN at once.
    work: Mutex<()>,
}

impl Bench {
    /// A bench that waits so long for a PIN.
    #[must_use]
    pub fn new(reader: CardReader, pin: PinSource, patience: Duration, draw: Draw) -> Self {
        Self { reader, pin, patience, draw, work: Mutex::new(()) }
    }

    pub(super) fn look(&self) -> Result<CardView, Trouble> {
        Ok(self.reader.look()?)
    }

    /// Makes the keys. When the page has gone away meanwhile, they are taken off the card again: nobody would ask for their
    /// certificates.
    pub(super) fn make_keys(&self, wanted: &KeysWanted, gone: &Gone) -> Result<KeysMade, Trouble> {
        let _alone = self.work.try_lock().map_err(|_| Trouble::Busy)?;
        let mut keys = Vec::new();
        for one in &wanted.profiles {
            let mut id = [0; 20];
            self.random(&mut id)?;
            keys.push(WantedKey { label: one.profile.clone(), kind: one.algorithm.into(), id });
        }
        let (seen, card) = self.open((wanted.language, CardWork::Keys), gone)?;
        let made = card.make(&keys, wanted.iin.as_deref())?;
        if gone.is_set() {
            let left = card.discard(&made);
            tracing::info!(left, "the page has gone away, its keys were taken off the card");
            return Err(Trouble::Gone);
        }
        tracing::info!(keys = made.len(), "keys were made on a card");
        let requests = wanted.profiles.iter().zip(&made).map(|(wanted, made)| KeyRequest {
            profile: wanted.profile.clone(),
            request: STANDARD.encode(&made.request),
        });
        Ok(KeysMade { card: seen.serial, keys: requests.collect() })
    }

    /// Writes the certificates and reads them back.
    pub(super) fn write(
        &self,
        certificates: &[Certificate],
        language: Locale,
        gone: &Gone,
    ) -> Result<CertificatesKept, Trouble> {
        let _alone = self.work.try_lock().map_err(|_| Trouble::Busy)?;
        let mut challenge = [0; 32];
        self.random(&mut challenge)?;
        let (seen, card) = self.open((language, CardWork::Certificates), gone)?;
        let kept = card.write(certificates, &challenge)?;
        tracing::info!(certificates = kept.len(), "certificates were written onto a card and read back");
        Ok(CertificatesKept::new(seen.serial, &kept))
    }

    /// Shows whose PIN is asked for and why, and opens that card with it. A reader with keys of its own asks itself.
    fn open(
        &self,
        (language, work): (Locale, CardWork),
        gone: &Gone,
    ) -> Result<(CardView, OpenCard), Trouble> {
        let seen = self.reader.look()?;
        if seen.tries == Tries::Gone {
            return Err(CardError::PinLocked.into());
        }
        let pin = if seen.own_keys {
            None
        } else {
            let question = card_question(language, work, &plain(&seen.label), &plain(&seen.serial));
            Some(self.pin.ask(&format!("\n{question} "), self.patience, gone)?)
        };
        let card = self.reader.open(&seen, pin.as_ref())?;
        Ok((seen, card))
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Trouble> {
        if (self.draw)(bytes) { Ok(()) } else { Err(Trouble::Failed) }
    }
}

/// What a card says of itself, without what would command the terminal.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_cannot_command_the_terminal_by_its_label() {
        assert_eq!(plain("Жеке \u{1b}[2Jкуәлік\r\n"), "Жеке [2Jкуәлік");
    }
}
