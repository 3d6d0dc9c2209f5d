//! A proof of work: a number that makes the digest of a token begin with so many zero bits. One digest checks it.

use aws_lc_rs::digest::{SHA256, digest};

/// A proof is a number; longer ones are not looked at.
const LONGEST: usize = 20;

/// Whether the proof is one for this token.
pub(super) fn proves(token: &str, proof: &str, difficulty: u32) -> bool {
    let is_number = !proof.is_empty() && proof.len() <= LONGEST && proof.bytes().all(|b| b.is_ascii_digit());
    is_number && leading_zeros(digest(&SHA256, format!("{token}:{proof}").as_bytes()).as_ref()) >= difficulty
}

fn leading_zeros(bytes: &[u8]) -> u32 {
    let zeros = u32::try_from(bytes.iter().take_while(|byte| **byte == 0).count()).unwrap_or(u32::MAX);
    let partly = bytes.iter().find(|byte| **byte != 0).map_or(0, |byte| byte.leading_zeros());
    zeros * 8 + partly
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(token: &str, difficulty: u32) -> String {
        (0_u64..).map(|number| number.to_string()).find(|proof| proves(token, proof, difficulty)).unwrap()
    }

    #[test]
    fn a_proof_serves_its_own_token_and_no_smaller_difficulty() {
        let proof = find("a", 12);
        assert!(proves("a", &proof, 12));
        assert!(!proves("b", &proof, 12), "one in four thousand would be chance");
        assert!(!proves("a", &proof, 200));
    }

    #[test]
    fn what_is_no_number_is_no_proof_even_where_nothing_is_asked() {
        for proof in ["", "-1", "1e3", " 1", "１", &"1".repeat(21)] {
            assert!(!proves("a", proof, 0), "{proof}");
        }
        assert!(proves("a", "1", 0));
    }

    #[test]
    fn bits_are_counted_over_bytes() {
        assert_eq!([&[0, 0, 0x1f][..], &[0x80], &[0, 0]].map(leading_zeros), [19, 0, 16]);
    }
}
