//! Authenticated encryption of a stream in chunks: a chunk cannot be changed, moved, left out or cut off unnoticed.

use std::{
    io::{self, Read, Write},
    num::NonZeroU32,
};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    pbkdf2,
};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use super::ArchiveError;

const MAGIC: &[u8] = b"qyzmet-nca-archive 1\n";
const SALT: usize = 16;
const PREFIX: usize = 7;
const HEAD: usize = 21 + SALT + 4 + PREFIX;
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// Work factor of new archives, the same as of key files.
const ITERATIONS: u32 = 600_000;
/// An archive that asks for more work is refused, so that a hostile file cannot stop the process.
const MOST_ITERATIONS: u32 = 10_000_000;

/// The key of one archive, and the head that belongs to it.
struct Cipher {
    key: LessSafeKey,
    head: Vec<u8>,
    number: u32,
}

impl Cipher {
    fn new(passphrase: &SecretString, head: Vec<u8>) -> Option<Self> {
        let salt = head.get(MAGIC.len()..MAGIC.len() + SALT)?;
        let iterations = head.get(MAGIC.len() + SALT..HEAD - PREFIX)?;
        let iterations = u32::from_be_bytes(iterations.try_into().ok()?);
        let iterations = NonZeroU32::new(iterations).filter(|count| count.get() <= MOST_ITERATIONS)?;
        let mut key = Zeroizing::new([0; 32]);
        let passphrase = passphrase.expose_secret().as_bytes();
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, iterations, salt, passphrase, &mut *key);
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &*key).ok()?);
        Some(Self { key, head, number: 0 })
    }

    /// The nonce of the next chunk; `None` when there were too many.
    fn next(&mut self, last: bool) -> Option<Nonce> {
        let prefix = self.head.get(HEAD - PREFIX..)?;
        let nonce = [prefix, &self.number.to_be_bytes(), &[u8::from(last)]].concat();
        self.number = self.number.checked_add(1)?;
        Some(Nonce::assume_unique_for_key(<[u8; NONCE_LEN]>::try_from(nonce).ok()?))
    }
}

/// Encrypts what is written to it. Without [`Sealer::finish`] the archive has no end and is refused.
pub(super) struct Sealer<W> {
    cipher: Cipher,
    waiting: Vec<u8>,
    out: W,
}

impl<W: Write> Sealer<W> {
    /// Writes the head. `drawn` are random bytes: salt and prefix.
    pub(super) fn new(
        passphrase: &SecretString,
        drawn: &[u8; SALT + PREFIX],
        mut out: W,
    ) -> io::Result<Self> {
        let (salt, prefix) = drawn.split_at(SALT);
        let head = [MAGIC, salt, &ITERATIONS.to_be_bytes(), prefix].concat();
        out.write_all(&head)?;
        let cipher = Cipher::new(passphrase, head).ok_or_else(failed)?;
        Ok(Self { cipher, waiting: Vec::with_capacity(CHUNK + TAG), out })
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let nonce = self.cipher.next(last).ok_or_else(failed)?;
        let aad = Aad::from(&self.cipher.head);
        self.cipher.key.seal_in_place_append_tag(nonce, aad, &mut self.waiting).map_err(|_| failed())?;
        self.out.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    /// Writes the last chunk.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.seal(true)?;
        self.out.flush()
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk is sealed only when something follows: then it is not the last one.
        if self.waiting.len() == CHUNK {
            self.seal(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(bytes.get(..taken).unwrap_or_default());
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn failed() -> io::Error {
    io::Error::other(ArchiveError::Encryption)
}

/// Gives back what was written, chunk by chunk; nothing of a chunk before it is proved whole.
pub(super) struct Opener<R> {
    cipher: Cipher,
    /// One chunk and the first byte of the next, which tells whether this one is the last.
    ahead: Vec<u8>,
    opened: Vec<u8>,
    taken: usize,
    ended: bool,
    input: R,
}

impl<R: Read> Opener<R> {
    /// Reads the head.
    pub(super) fn new(passphrase: &SecretString, mut input: R) -> Result<Self, ArchiveError> {
        let mut head = vec![0; HEAD];
        input.read_exact(&mut head).map_err(|_| ArchiveError::NotAnArchive)?;
        if !head.starts_with(MAGIC) {
            return Err(ArchiveError::NotAnArchive);
        }
        let cipher = Cipher::new(passphrase, head).ok_or(ArchiveError::NotAnArchive)?;
        Ok(Self { cipher, ahead: Vec::new(), opened: Vec::new(), taken: 0, ended: false, input })
    }

    /// The next so many bytes.
    pub(super) fn take(&mut self, length: usize, out: &mut dyn Write) -> Result<(), ArchiveError> {
        let mut left = length;
        while left > 0 {
            if self.taken == self.opened.len() {
                self.open()?;
            }
            let rest = self.opened.get(self.taken..).unwrap_or_default();
            let part = rest.get(..left.min(rest.len())).unwrap_or_default();
            if part.is_empty() {
                return Err(ArchiveError::Damaged);
            }
            out.write_all(part).map_err(|_| ArchiveError::Encryption)?;
            self.taken += part.len();
            left -= part.len();
        }
        Ok(())
    }

    /// Sees that nothing follows.
    pub(super) fn finish(mut self) -> Result<(), ArchiveError> {
        if self.taken == self.opened.len() && !self.ended {
            self.open()?;
        }
        let all = self.ended && self.taken == self.opened.len();
        if all { Ok(()) } else { Err(ArchiveError::Damaged) }
    }

    fn open(&mut self) -> Result<(), ArchiveError> {
        if self.ended {
            return Err(ArchiveError::Damaged);
        }
        let wanted = (CHUNK + TAG + 1 - self.ahead.len()) as u64;
        let mut part = (&mut self.input).take(wanted);
        part.read_to_end(&mut self.ahead).map_err(|_| ArchiveError::Damaged)?;
        self.ended = self.ahead.len() <= CHUNK + TAG;
        let next = if self.ended { Vec::new() } else { self.ahead.split_off(CHUNK + TAG) };
        let first = self.cipher.number == 0;
        let nonce = self.cipher.next(self.ended).ok_or(ArchiveError::Damaged)?;
        let aad = Aad::from(&self.cipher.head);
        let refused = if first { ArchiveError::NotOpened } else { ArchiveError::Damaged };
        let opened = self.cipher.key.open_in_place(nonce, aad, &mut self.ahead).map_err(|_| refused)?;
        self.opened = opened.to_vec();
        self.taken = 0;
        self.ahead = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(content: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut sealer = Sealer::new(&SecretString::from("words"), &[7; SALT + PREFIX], &mut out).unwrap();
        sealer.write_all(content).unwrap();
        sealer.finish().unwrap();
        out
    }

    fn opened(archive: &[u8], length: usize) -> Result<Vec<u8>, ArchiveError> {
        let mut opener = Opener::new(&SecretString::from("words"), archive)?;
        let mut out = Vec::new();
        opener.take(length, &mut out)?;
        opener.finish()?;
        Ok(out)
    }

    #[test]
    fn every_length_comes_back_whole() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK] {
            let content: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
            assert_eq!(opened(&sealed(&content), length).unwrap(), content, "{length}");
        }
    }

    #[test]
    fn chunks_cannot_be_cut_moved_or_added() {
        let archive = sealed(&vec![1; 3 * CHUNK]);
        let (head, chunks) = archive.split_at(HEAD);
        let all: Vec<&[u8]> = chunks.chunks(CHUNK + TAG).collect();
        assert_eq!(all.len(), 3);
        let joined = |order: &[usize]| {
            let chunks: Vec<&[u8]> = order.iter().map(|index| all[*index]).collect();
            [head, &chunks.concat()].concat()
        };
        assert!(opened(&joined(&[0, 1, 2]), 3 * CHUNK).is_ok());
        for order in [&[0, 1][..], &[0, 2], &[1, 0, 2], &[0, 1, 2, 2], &[]] {
            for length in [CHUNK, 2 * CHUNK, 3 * CHUNK] {
                assert!(opened(&joined(order), length).is_err(), "{order:?} {length}");
            }
        }
    }

    #[test]
    fn an_archive_that_asks_for_endless_work_is_no_archive() {
        let mut archive = sealed(b"words");
        archive[MAGIC.len() + SALT] = 0xff;
        assert_eq!(opened(&archive, 5), Err(ArchiveError::NotAnArchive));
    }
}
