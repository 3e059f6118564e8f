//! The sketch of a text: so small that every document can keep one, and enough to tell whether
//! two texts are copies of each other.

/// Number of min-hashes in a sketch.
pub const ROWS: usize = 128;
/// Number of bands: keys by which likely copies are found.
pub const BANDS: usize = 24;

/// What is kept of a text to recognise its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of all words in their order: the same for texts that differ in nothing but case,
    /// punctuation, hyphens and blanks.
    pub text: u64,
    /// The text in a few bytes, to be compared with others.
    pub outline: Outline,
    /// Keys; copies have at least one in common, as good as always.
    pub bands: [u32; BANDS],
}

/// What two texts are compared by, in a few bytes.
///
/// Row by row it holds one byte of the smallest hash of all shingles (stretches of a few words),
/// by a hash function of the row's own. Two texts agree in a row with a probability that is the
/// share of their shingles that stand in both (MinHash, Broder 1997), and once in 256 times by
/// chance (Li and König 2010).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    /// Number of different shingles.
    pub shingles: u32,
    /// Hash of the publisher; 0 if it is not known.
    pub house: u32,
    /// Hash of the headline; 0 if there is none.
    pub title: u32,
    /// The figures of the text: a bit for each, by its hash.
    pub figures: u64,
    /// The rows.
    pub rows: [u8; ROWS],
}

/// Least share of the shorter text that stands in the longer one as well.
const OF_SHORTER: f32 = 0.67;
/// Least share of the longer text that stands in the shorter one as well. Half at least: else a
/// text made of two others would make copies of those two.
const OF_LONGER: f32 = 0.52;
/// Least share of both if they appeared in the same house under other headlines: there, texts
/// share their furniture.
const OF_FURNISHED: f32 = 0.93;
/// Texts with so many figures are compared by these, too.
const FEWEST_FIGURES: u32 = 3;

impl Outline {
    /// Whether the two texts are copies.
    ///
    /// Two thirds of the shorter text and half of the longer one must stand in both; nearly all
    /// of both if they are of the same publisher and have other headlines. At least half of the
    /// figures must be the same: reports of one form with other figures (results, prices,
    /// weather) are no copies.
    pub fn is_copy_of(&self, other: &Outline) -> bool {
        let (a, b) = (self.shingles as f32, other.shingles as f32);
        let resemblance = self.resemblance(other);
        let common = resemblance / (1.0 + resemblance) * (a + b);
        let furnished = self.house == other.house && self.house != 0;
        let (of_shorter, of_longer) = if furnished && self.title != other.title {
            (OF_FURNISHED, OF_FURNISHED)
        } else {
            (OF_SHORTER, OF_LONGER)
        };
        common >= of_shorter * a.min(b) && common >= of_longer * a.max(b) && self.agrees(other)
    }

    /// The share of the shingles of both texts that stand in both, estimated: the standard error
    /// is 0.04 at most.
    pub fn resemblance(&self, other: &Outline) -> f32 {
        const BY_CHANCE: f32 = 1.0 / 256.0;
        let rows = self.rows.iter().zip(&other.rows);
        let equal = rows.filter(|(one, two)| one == two).count();
        let share = equal as f32 / ROWS as f32;
        ((share - BY_CHANCE) / (1.0 - BY_CHANCE)).max(0.0)
    }

    /// Whether the texts have figures in common, if both have any.
    fn agrees(&self, other: &Outline) -> bool {
        let fewer = self.figures.count_ones().min(other.figures.count_ones());
        fewer < FEWEST_FIGURES || 2 * (self.figures & other.figures).count_ones() >= fewer
    }
}
