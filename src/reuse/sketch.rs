//! Counts how often things occur, in a fixed amount of memory and from many threads.

use std::sync::atomic::{AtomicU8, Ordering};

/// May take a rare thing for a frequent one, never the other way round.
pub(super) struct Sketch {
    counts: Vec<AtomicU8>,
}

impl Sketch {
    /// For about `things` different things, of which some two share a slot: the fewer slots, the more of them are at
    /// hand, and who asks for six and more is seldom misled. At most 64 MiB.
    pub fn new(things: usize) -> Self {
        let slots = (things / 2).next_power_of_two().clamp(1 << 12, 1 << 26);
        Self {
            counts: (0..slots).map(|_| AtomicU8::new(0)).collect(),
        }
    }

    pub fn add(&self, hash: u64) {
        /// Far above what anyone asks for, far below overflow, however many threads come at once.
        const MOST: u8 = 100;
        let slot = self.slot(hash);
        if slot.load(Ordering::Relaxed) < MOST {
            slot.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub fn at_least(&self, hash: u64, times: u8) -> bool {
        self.slot(hash).load(Ordering::Relaxed) >= times
    }

    fn slot(&self, hash: u64) -> &AtomicU8 {
        &self.counts[(hash >> 20) as usize & (self.counts.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_counted() {
        let sketch = Sketch::new(100);
        let hash = |i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for i in 0..100 {
            sketch.add(hash(i));
        }
        for _ in 0..300 {
            sketch.add(hash(7));
        }
        assert!((0..100).all(|i| sketch.at_least(hash(i), 1)));
        assert!(sketch.at_least(hash(7), 100));
        assert!((200..300).filter(|i| sketch.at_least(hash(*i), 1)).count() < 20);
    }
}
