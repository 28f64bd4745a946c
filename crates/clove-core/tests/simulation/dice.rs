//! Randomness that a seed replays, and a trace of what it led to.

/// The generator SplitMix64.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x9E37_79B9)
    }

    /// One whose next number follows from this state.
    pub(super) fn at(state: u64) -> Self {
        Self(state)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).unwrap_or(0) + 1;
        least + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True in `part` of a thousand cases.
    pub(super) fn in_thousand(&mut self, part: usize) -> bool {
        self.below(1000) < part
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { Some(&from[self.below(from.len())]) }
    }
}

/// A hash of all that happened (FNV-1a, 64 bits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    hash: u64,
    shown: bool,
}

impl Trace {
    pub(super) fn new() -> Self {
        Self { hash: 0xCBF2_9CE4_8422_2325, shown: std::env::var_os("CLOVE_SIM_TRACE").is_some() }
    }

    #[allow(clippy::print_stderr, reason = "somebody asked to see it")]
    pub(super) fn note(&mut self, line: &str) {
        for byte in line.bytes() {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        if self.shown {
            eprintln!("{line}");
        }
    }

    pub(super) fn hash(&self) -> u64 {
        self.hash
    }
}
