//! Codes of authenticator apps (RFC 6238: SHA-1, six digits, thirty seconds, the one form every app knows), the secret as
//! people type it, and recovery codes. Pure arithmetic; what was used already is known by the database.

use hmac::{Hmac, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Length of a secret in bytes.
pub const SECRET: usize = 20;
const STEP_SECONDS: i64 = 30;
/// Clocks may be apart by this many steps.
const APART: i64 = 1;
/// Characters of a recovery code: fifty random bits.
const RECOVERY: usize = 10;
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step.
fn code(secret: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let bytes = hash[at..at + 4].try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(bytes) & 0x7fff_ffff) % 1_000_000))
}

/// The step whose code this is, if it is one of now.
pub fn step_of(secret: &[u8], typed: &str, now_ms: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = now_ms.div_euclid(1_000 * STEP_SECONDS);
    let right = |step: &i64| code(secret, *step).is_some_and(|code| code.as_bytes().ct_eq(typed.as_bytes()).into());
    (now - APART..=now + APART).rfind(right)
}

/// The secret as apps take it by hand.
pub fn base32(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |n| byte >> n & 1)).collect::<Vec<_>>();
    let letter = |bits: &[u8]| BASE32[usize::from(bits.iter().fold(0, |sum, bit| sum << 1 | bit))] as char;
    bits.chunks(5).map(letter).collect()
}

/// The address apps read from a picture; `account` is what the person recognises it by.
pub fn address(account: &str, secret: &[u8]) -> String {
    let escaped = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let account: String = account.replace(':', " ").bytes().map(escaped).collect();
    format!("otpauth://totp/Pult:{account}?secret={}&issuer=Pult", base32(secret))
}

/// A new recovery code, as it is shown: `K7QF2-9XMTD`.
pub fn recovery_code() -> String {
    let letters = crate::clock::random_bytes::<RECOVERY>();
    let text: String = letters.iter().map(|byte| char::from(CROCKFORD[usize::from(byte & 31)])).collect();
    format!("{}-{}", &text[..5], &text[5..])
}

/// What somebody typed in the one form of a recovery code, if it can be one.
pub fn recovery_form(typed: &str) -> Option<String> {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(letter).collect();
    (text.len() == RECOVERY && text.bytes().all(|byte| CROCKFORD.contains(&byte))).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        let vectors = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (at, expected) in vectors {
            assert_eq!(code(KEY, at / 30).as_deref(), Some(expected), "{at}");
            assert_eq!(step_of(KEY, expected, at * 1_000), Some(at / 30));
        }
        let counters =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (step, expected) in (0..).zip(counters) {
            assert_eq!(code(KEY, step).as_deref(), Some(expected));
        }
    }

    #[test]
    fn clocks_may_be_one_step_apart_and_no_more() {
        let at = 1_234_567_890_000;
        for (shift, right) in [(-60_000, false), (-30_000, true), (0, true), (30_000, true), (60_000, false)] {
            assert_eq!(step_of(KEY, " 005 924 ", at + shift).is_some(), right, "{shift}");
        }
        for wrong in ["", "5924", "0059244", "00592a", "005923"] {
            assert_eq!(step_of(KEY, wrong, at), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_key_and_its_address_are_what_apps_read() {
        assert_eq!(base32(KEY), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let address = address("anna@example.org", KEY);
        assert_eq!(
            address,
            "otpauth://totp/Pult:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Pult"
        );
    }

    #[test]
    fn recovery_codes_are_read_as_people_write_them() {
        for typed in ["K7QF2-9XMTD", " k7qf2 9xmtd ", "K7QF29XMTD"] {
            assert_eq!(recovery_form(typed).as_deref(), Some("K7QF29XMTD"));
        }
        assert_eq!(recovery_form("OOIL0-11111").as_deref(), Some("0011011111"));
        for wrong in ["", "123456", "K7QF2-9XMT", "K7QF2-9XMTDD", "K7QF2-9XMTU", "приветмиры"] {
            assert_eq!(recovery_form(wrong), None, "{wrong:?}");
        }
        assert_eq!(recovery_form(&recovery_code()).map(|code| code.len()), Some(10));
        assert_ne!(recovery_code(), recovery_code());
    }
}
