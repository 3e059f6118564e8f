//! Where a phrase may begin in one document: each of its words leaves fewer places.

/// Positions that fit the set; those of longer documents are held against each other one by one.
const POSITIONS: usize = 4096;
const WORD: usize = u64::BITS as usize;

/// A set of positions of a document.
///
/// Whether a position is in it is asked without a branch: of two words that many documents have often, it
/// cannot be foreseen which positions meet.
pub(super) struct Starts {
    bits: [u64; POSITIONS / WORD],
    /// Words of `bits` that may have any.
    used: usize,
    len: u32,
}

impl Default for Starts {
    fn default() -> Starts {
        Starts {
            bits: [0; POSITIONS / WORD],
            used: 0,
            len: 0,
        }
    }
}

impl Starts {
    /// Whether all of some ascending positions fit.
    pub(super) fn fit(positions: &[u32]) -> bool {
        positions
            .last()
            .is_none_or(|last| (*last as usize) < POSITIONS)
    }

    /// Number of positions.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// Makes it the set of some positions that fit, each of which comes once.
    pub(super) fn fill(&mut self, positions: &[u32]) {
        self.clear();
        for position in positions {
            let place = *position as usize % POSITIONS;
            self.bits[place / WORD] |= 1 << (place % WORD);
        }
        let last = positions
            .last()
            .map_or(0, |last| *last as usize % POSITIONS + 1);
        self.used = last.div_ceil(WORD);
        self.len = positions.len() as u32;
    }

    /// 1 if a position is in the set, else 0.
    #[inline]
    pub(super) fn has(&self, position: u32) -> u32 {
        let place = position as usize % POSITIONS;
        let fits = u64::from(position < POSITIONS as u32);
        ((self.bits[place / WORD] >> (place % WORD)) & fits) as u32
    }

    /// Adds a position if another set has it, which holds no later ones than this may.
    #[inline]
    pub(super) fn add_if_in(&mut self, other: &Starts, position: u32) {
        let place = position as usize % POSITIONS;
        let is_there = other.has(position);
        self.bits[place / WORD] |= u64::from(is_there) << (place % WORD);
        self.len += is_there;
    }

    /// Empties it, to take in what another set has, too.
    pub(super) fn clear_for(&mut self, other: &Starts) {
        self.clear();
        self.used = other.used;
    }

    fn clear(&mut self) {
        self.bits[..self.used].fill(0);
        (self.used, self.len) = (0, 0);
    }
}
