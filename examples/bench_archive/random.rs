//! Numbers that look random and are always the same.

/// A stream of numbers (SplitMix64 of Steele, Lea and Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The stream with a number, of those that belong to a seed.
    pub(crate) fn new(seed: u64, number: u64) -> Random {
        let mut random = Random(seed ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03));
        // Neighbouring numbers begin far apart.
        Random(random.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1, never 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 to less than `below`, which is 1 at least.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        ((u128::from(self.next()) * below as u128) >> 64) as usize
    }

    /// True in so many of 100 cases.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Puts things in another order.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for place in (1..things.len()).rev() {
            things.swap(place, self.below(place + 1));
        }
    }

    /// One of several things; there must be one.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Places of which the first come most often, as words of a language do (Zipf's law).
pub(crate) struct Zipf(Vec<f64>);

impl Zipf {
    /// So many places; the larger the exponent, the more the first are preferred.
    pub(crate) fn new(places: usize, exponent: f64) -> Zipf {
        let mut sum = 0.0;
        let sums = (1..=places).map(|place| {
            sum += (place as f64).powf(-exponent);
            sum
        });
        Zipf(sums.collect())
    }

    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let all = self.0.last().copied().unwrap_or_default();
        let drawn = random.share() * all;
        let place = self.0.partition_point(|sum| *sum <= drawn);
        place.min(self.0.len().saturating_sub(1))
    }
}
