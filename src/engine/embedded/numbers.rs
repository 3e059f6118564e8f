//! Numbers in seven bits a byte: the highest bit says that more follow.

/// Appends a number.
pub(super) fn put(bytes: &mut impl Extend<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.extend([number as u8 | 0x80]);
        number >>= 7;
    }
    bytes.extend([number as u8]);
}

/// Bytes that are still to be read.
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Bytes<'a> {
        Bytes(bytes)
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next number; `None` if there is none.
    pub(super) fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_as_they_went_in() {
        let numbers = [0, 1, 127, 128, 16_384, usize::MAX];
        let mut bytes: Vec<u8> = Vec::new();
        numbers.iter().for_each(|number| put(&mut bytes, *number));
        let mut rest = Bytes::new(&bytes);
        assert_eq!(numbers.map(|_| rest.number().unwrap()), numbers);
        assert_eq!(rest.number(), None);
        assert_eq!(Bytes::new(&[0xff; 40]).number(), None);
    }
}
