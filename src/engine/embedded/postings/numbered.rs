//! Numbers by the identities of forms.

/// Identities of a page. They are given out one after the other, and frequent forms come first: so the
/// numbers of those lie side by side.
const PAGE: usize = 1024;

/// A number for each of many identities.
#[derive(Default)]
pub(super) struct Numbered {
    /// Those of which none is known have no page.
    pages: Vec<Option<Box<[u32; PAGE]>>>,
    made: usize,
}

/// No number is so large.
const NONE: u32 = u32::MAX;

impl Numbered {
    /// The number of an identity.
    #[inline]
    pub(super) fn get(&self, identity: u64) -> Option<u32> {
        let page = self.pages.get(identity as usize / PAGE)?.as_ref()?;
        let number = page[identity as usize % PAGE];
        (number != NONE).then_some(number)
    }

    /// Gives an identity a number.
    pub(super) fn insert(&mut self, identity: u64, number: u32) {
        let place = identity as usize / PAGE;
        if place >= self.pages.len() {
            self.pages.resize_with(place + 1, || None);
        }
        let page = self.pages[place].get_or_insert_with(|| {
            self.made += 1;
            Box::new([NONE; PAGE])
        });
        page[identity as usize % PAGE] = number;
    }

    /// Memory in use, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.pages.capacity() * size_of::<Option<Box<[u32; PAGE]>>>() + self.made * PAGE * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_identity() {
        let mut numbered = Numbered::default();
        let known = [(0, 7), (1023, 0), (1024, 5), (5_000_000, 9)];
        for (identity, number) in known {
            assert_eq!(numbered.get(identity), None);
            numbered.insert(identity, number);
        }
        for (identity, number) in known {
            assert_eq!(numbered.get(identity), Some(number));
            assert_eq!(numbered.get(identity + 1).is_some(), identity == 1023);
        }
        assert!(numbered.memory() < 200_000);
    }
}
