//! Secrets at rest: XChaCha20-Poly1305 with the key's id in front and the row's identity as associated data,
//! so that a secret copied into another row does not open.

use crate::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::Digest;

/// The installation's key, and those it had before.
#[derive(Clone)]
pub struct Vault {
    current: Key,
    old: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    cipher: XChaCha20Poly1305,
    id: [u8; 4],
    /// For tokens signed by us.
    seed: zeroize::Zeroizing<[u8; 32]>,
}

impl Key {
    fn new(key: [u8; 32]) -> Self {
        let digest = sha2::Sha256::new().chain_update(b"pult key id").chain_update(key).finalize();
        let id = [digest[0], digest[1], digest[2], digest[3]];
        Self { cipher: XChaCha20Poly1305::new((&key).into()), id, seed: zeroize::Zeroizing::new(key) }
    }
    fn derive(&self, purpose: &str) -> [u8; 32] {
        sha2::Sha256::new().chain_update(purpose.as_bytes()).chain_update(self.seed.as_slice()).finalize().into()
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({})", hex::encode(self.current.id))
    }
}

impl Vault {
    /// From the base64 text of 32 bytes (`PULT_SECRET_KEY`).
    pub fn from_base64(text: &str) -> Result<Self> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| anyhow::anyhow!("PULT_SECRET_KEY is not base64"))?;
        let key: [u8; 32] =
            bytes.try_into().map_err(|_| anyhow::anyhow!("PULT_SECRET_KEY must be 32 bytes in base64"))?;
        Ok(Self::new(key))
    }
    /// From raw bytes.
    pub fn new(key: [u8; 32]) -> Self {
        Self { current: Key::new(key), old: Vec::new() }
    }
    /// The same, able to open what another key has sealed.
    pub fn after(mut self, other: Vault) -> Self {
        self.old.extend([other.current].into_iter().chain(other.old).filter(|key| key.id != self.current.id));
        self
    }
    /// The first bytes of everything the current key seals.
    pub fn key_id(&self) -> [u8; 4] {
        self.current.id
    }
    /// Whether there are old keys.
    pub fn has_old(&self) -> bool {
        !self.old.is_empty()
    }
    /// Whether the key of something sealed is known.
    pub fn knows(&self, sealed: &[u8]) -> bool {
        self.key_of(sealed).is_some()
    }
    fn key_of(&self, sealed: &[u8]) -> Option<&Key> {
        std::iter::once(&self.current).chain(&self.old).find(|key| sealed.starts_with(&key.id))
    }
    /// Encrypts; `row` names table and id.
    pub fn seal(&self, row: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = crate::clock::random_bytes::<24>();
        let payload = Payload { msg: plain, aad: row.as_bytes() };
        let sealed = self.current.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|_| anyhow::anyhow!("sealing failed"))?;
        Ok([&self.current.id[..], &nonce[..], &sealed[..]].concat())
    }
    /// Decrypts what `seal` made for the same row.
    pub fn open(&self, row: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let Some(key) = self.key_of(sealed).filter(|_| sealed.len() >= 28 + 16) else {
            return Err(Error::Internal(anyhow::anyhow!("{row}: sealed with another PULT_SECRET_KEY")));
        };
        key.cipher
            .decrypt(XNonce::from_slice(&sealed[4..28]), Payload { msg: &sealed[28..], aad: row.as_bytes() })
            .map_err(|_| Error::Internal(anyhow::anyhow!("{row}: the sealed data is damaged")))
    }
    /// A key derived for one purpose.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.current.derive(purpose)
    }
    /// What old keys gave for a purpose, by their ids.
    pub fn old_derived(&self, purpose: &str) -> impl Iterator<Item = ([u8; 4], [u8; 32])> {
        self.old.iter().map(|key| (key.id, key.derive(purpose)))
    }
}

/// Hash under which a random token is stored (tokens are long and random, so no salt is needed).
pub fn token_hash(token: &str) -> String {
    hex::encode(sha2::Sha256::digest(token.as_bytes()))
}

/// A random token for links and keys: 32 characters, letters and digits.
pub fn random_token() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    crate::clock::random_bytes::<32>().iter().map(|b| ALPHABET[usize::from(b & 31)] as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_secrets_open_only_in_their_row_and_with_their_key() {
        let vault = Vault::new([7; 32]);
        let sealed = vault.seal("connections/1", b"token").unwrap();
        assert_eq!(vault.open("connections/1", &sealed).unwrap(), b"token");
        assert!(vault.open("connections/2", &sealed).is_err());
        assert!(Vault::new([8; 32]).open("connections/1", &sealed).is_err());
        let mut bent = sealed.clone();
        bent[30] ^= 1;
        assert!(vault.open("connections/1", &bent).is_err());
        assert!(!format!("{vault:?}").contains("token"));
        assert_eq!(random_token().len(), 32);
    }

    #[test]
    fn a_new_key_opens_what_an_old_one_sealed() {
        let old = Vault::new([7; 32]);
        let sealed = old.seal("connections/1", b"token").unwrap();
        let new = Vault::new([8; 32]).after(old.clone());
        assert_eq!(new.open("connections/1", &sealed).unwrap(), b"token");
        let anew = new.seal("connections/1", b"token").unwrap();
        assert!(anew.starts_with(&new.key_id()) && old.open("connections/1", &anew).is_err());
        assert_eq!(new.old_derived("x").collect::<Vec<_>>(), [(old.key_id(), old.derive("x"))]);
        assert!(!old.clone().after(old).has_old(), "a key is not its own forerunner");
    }
}
