//! Encryption of a notice for one browser: RFC 8291 over the content coding `aes128gcm` of RFC 8188, in one record. Pure: the
//! randomness comes from the caller.

use super::{Subscription, decoded};
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use hkdf::Hkdf;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// Push services take 4096 bytes; this is left of them for what is said.
pub const MOST_BYTES: usize = RECORD - HEADER - TAG - 1;
const RECORD: usize = 4_096;
/// Salt, size of the record, length of the key, key.
const HEADER: usize = 16 + 4 + 1 + POINT;
const POINT: usize = 65;
const TAG: usize = 16;
/// Says that this record is the last one.
const LAST: u8 = 2;

/// Randomness of one message, never used twice.
pub struct Once {
    pub salt: [u8; 16],
    key: SecretKey,
}

impl Once {
    /// `None` for the few numbers that are no key.
    pub fn new(salt: [u8; 16], key: &[u8; 32]) -> Option<Self> {
        SecretKey::from_slice(key).ok().map(|key| Self { salt, key })
    }
}

/// The body of the call; `None` when the browser's keys cannot be read or it is too much.
pub fn seal(to: &Subscription, plain: &[u8], once: &Once) -> Option<Vec<u8>> {
    let theirs = public_key(&to.p256dh)?;
    let auth = auth(&to.auth)?;
    if plain.len() > MOST_BYTES {
        return None;
    }
    let ours = once.key.public_key().to_encoded_point(false);
    let keys =
        Keys::of(&once.key, &theirs, &auth, theirs.to_encoded_point(false).as_bytes(), ours.as_bytes(), &once.salt)?;
    let sealed = keys.cipher.encrypt(Nonce::from_slice(&keys.nonce), [plain, &[LAST]].concat().as_slice()).ok()?;
    let size = (RECORD as u32).to_be_bytes();
    Some([&once.salt[..], &size, &[POINT as u8], ours.as_bytes(), &sealed].concat())
}

/// The public key of a subscription: a point of the curve, uncompressed.
pub(super) fn public_key(text: &str) -> Option<PublicKey> {
    let bytes = decoded(text).filter(|bytes| bytes.len() == POINT)?;
    PublicKey::from_sec1_bytes(&bytes).ok()
}

/// The secret of a subscription.
pub(super) fn auth(text: &str) -> Option<Vec<u8>> {
    decoded(text).filter(|bytes| bytes.len() == 16)
}

/// Key and nonce of the one record.
pub(super) struct Keys {
    pub cipher: Aes128Gcm,
    pub nonce: [u8; 12],
}

impl Keys {
    /// The same from either end: one's own secret key and the other's public one, then both public keys in the order
    /// browser, sender.
    pub fn of(
        own: &SecretKey,
        other: &PublicKey,
        auth: &[u8],
        browser: &[u8],
        sender: &[u8],
        salt: &[u8],
    ) -> Option<Self> {
        let shared = p256::ecdh::diffie_hellman(own.to_nonzero_scalar(), other.as_affine());
        let mut input = [0; 32];
        let info = [b"WebPush: info\0", browser, sender].concat();
        Hkdf::<Sha256>::new(Some(auth), shared.raw_secret_bytes()).expand(&info, &mut input).ok()?;
        let (mut key, mut nonce) = ([0; 16], [0; 12]);
        let derived = Hkdf::<Sha256>::new(Some(salt), &input);
        derived.expand(b"Content-Encoding: aes128gcm\0", &mut key).ok()?;
        derived.expand(b"Content-Encoding: nonce\0", &mut nonce).ok()?;
        Some(Self { cipher: Aes128Gcm::new(&key.into()), nonce })
    }
}

#[cfg(test)]
mod tests {
    use super::super::encoded;
    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        decoded(text).expect("base64url").try_into().expect("the length")
    }

    fn browser() -> Subscription {
        Subscription {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".into(),
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4".into(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
        }
    }

    #[test]
    fn the_example_of_the_standard() {
        // RFC 8291, appendix A.
        let once = Once::new(bytes("DGv6ra1nlYgDCS1FRnbzlw"), &bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
        let sealed = seal(&browser(), b"When I grow up, I want to be a watermelon", &once.expect("a key"));
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A\
                        _yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(encoded(sealed.expect("sealed")), expected);
    }

    #[test]
    fn what_cannot_be_read_or_is_too_much_is_refused() {
        let once = || Once::new([1; 16], &[7; 32]).expect("a key");
        let wrong = |change: fn(&mut Subscription)| {
            let mut to = browser();
            change(&mut to);
            seal(&to, b"x", &once())
        };
        assert!(wrong(|_| {}).is_some());
        assert!(wrong(|to| to.auth = "BTBZMqHH6r4Tts7J_aSI".into()).is_none(), "a short secret");
        assert!(wrong(|to| to.p256dh = encoded([4; 65])).is_none(), "no point of the curve");
        assert!(wrong(|to| to.p256dh = "не base64".into()).is_none());
        assert_eq!(seal(&browser(), &vec![b'x'; MOST_BYTES], &once()).map(|body| body.len()), Some(RECORD));
        assert!(seal(&browser(), &vec![b'x'; MOST_BYTES + 1], &once()).is_none());
        assert!(Once::new([0; 16], &[0; 32]).is_none() && Once::new([0; 16], &[255; 32]).is_none());
    }
}
