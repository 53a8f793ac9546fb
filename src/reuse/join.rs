//! A word of one text and its partner in another. Small, for two editions of a book have half a million.

/// A word of `a` and its partner in `b`, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    a: u32,
    b: u32,
    /// Not part of the order that most of the passage keeps.
    pub moved: bool,
}

impl Join {
    pub fn new(a: usize, b: usize, moved: bool) -> Self {
        Self {
            a: a as u32,
            b: b as u32,
            moved,
        }
    }

    /// The words of a run that begins with these two and keeps its place.
    pub fn run(from: (usize, usize), len: usize) -> impl Iterator<Item = Self> {
        (0..len).map(move |k| Self::new(from.0 + k, from.1 + k, false))
    }

    pub fn a(&self) -> usize {
        self.a as usize
    }

    pub fn b(&self) -> usize {
        self.b as usize
    }

    /// Both.
    pub fn places(&self) -> (u32, u32) {
        (self.a, self.b)
    }

    /// The same where the texts begin that much earlier.
    pub fn shifted(self, by_a: usize, by_b: usize) -> Self {
        Self::new(self.a() + by_a, self.b() + by_b, self.moved)
    }

    /// Seen from the other side.
    pub fn swapped(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            ..self
        }
    }
}

/// The joins in runs that follow one another on both sides.
pub(super) fn in_a_row(joins: &[Join]) -> impl Iterator<Item = &[Join]> {
    joins.chunk_by(|x, y| x.a + 1 == y.a && x.b + 1 == y.b)
}
