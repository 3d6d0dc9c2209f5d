//! Repeatable draws: the same seed, person and question always give the same outcome, so nobody needs to be stored.

/// Draws about one person.
#[derive(Clone, Copy)]
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64, person: u32) -> Self {
        Self(mix(seed ^ mix(u64::from(person) + 1)))
    }

    /// A number below `limit` (at least 1) for the question `about`.
    pub(super) fn below(self, about: &str, limit: u64) -> u64 {
        let salted = about.bytes().fold(self.0, |state, byte| mix(state ^ u64::from(byte)));
        salted % limit.max(1)
    }

    /// One of a list that is not empty.
    pub(super) fn one<T>(self, about: &str, list: &'static [T]) -> Option<&'static T> {
        let chosen = self.below(about, u64::try_from(list.len()).unwrap_or(1));
        list.get(usize::try_from(chosen).unwrap_or(0))
    }
}

/// The finaliser of SplitMix64: good scattering in three multiplications.
fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
