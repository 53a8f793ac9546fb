//! Counts how often things occur, in a fixed amount of memory and from many threads.

use std::sync::{Mutex, PoisonError};

/// May take a rare thing for a frequent one, never the other way round.
pub(super) struct Sketch {
    counts: Vec<u8>,
}

/// Far above what anyone asks for.
const MOST: u8 = 100;

/// Parts of a sketch, of which one thread counts in one at a time.
const PARTS: usize = 64;

impl Sketch {
    /// Counts about `things` different things, of which some two share a slot: the fewer slots, the more of them are at
    /// hand, and who asks for six and more is seldom misled. At most 64 MiB. What `count` returns comes back.
    pub fn of<R>(things: usize, count: impl FnOnce(&Counters) -> R) -> (Self, R) {
        let slots = (things / 2).next_power_of_two().clamp(1 << 12, 1 << 26);
        let mut counts = vec![0; slots];
        let parts = counts.chunks_mut(slots / PARTS).map(Mutex::new);
        let counted = count(&Counters {
            parts: parts.collect(),
            slots,
        });
        (Self { counts }, counted)
    }

    pub fn at_least(&self, hash: u64, times: u8) -> bool {
        self.counts[slot(hash, self.counts.len())] >= times
    }
}

fn slot(hash: u64, slots: usize) -> usize {
    (hash >> 20) as usize & (slots - 1)
}

/// A sketch while it is counted.
pub(super) struct Counters<'s> {
    parts: Vec<Mutex<&'s mut [u8]>>,
    slots: usize,
}

impl<'s> Counters<'s> {
    /// A counter for one thread: it is slow to count where another one does, so each gathers some for a part first.
    pub fn counter(&self) -> Counter<'_, 's> {
        Counter {
            counters: self,
            waiting: vec![Vec::new(); PARTS],
        }
    }
}

/// Counts for one thread; all of it once it is dropped.
pub(super) struct Counter<'c, 's> {
    counters: &'c Counters<'s>,
    /// Slots by the part in which they are, counted from its beginning.
    waiting: Vec<Vec<u32>>,
}

impl Counter<'_, '_> {
    pub fn add(&mut self, hash: u64) {
        const GATHERED: usize = 64;
        let slot = slot(hash, self.counters.slots);
        let in_part = self.counters.slots / PARTS;
        let part = slot / in_part;
        self.waiting[part].push((slot % in_part) as u32);
        if self.waiting[part].len() == GATHERED {
            self.count(part);
        }
    }

    fn count(&mut self, part: usize) {
        let counts = self.counters.parts[part].lock();
        let mut counts = counts.unwrap_or_else(PoisonError::into_inner);
        for slot in self.waiting[part].drain(..) {
            let count = &mut counts[slot as usize];
            *count = MOST.min(*count + 1);
        }
    }
}

impl Drop for Counter<'_, '_> {
    fn drop(&mut self) {
        (0..PARTS).for_each(|part| self.count(part));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_counted() {
        let hash = |i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let (sketch, ()) = Sketch::of(100, |counters| {
            std::thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        let mut counter = counters.counter();
                        (0..100).for_each(|_| counter.add(hash(7)));
                    });
                }
            });
            let mut counter = counters.counter();
            (0..100).for_each(|i| counter.add(hash(i)));
        });
        assert!((0..100).all(|i| sketch.at_least(hash(i), 1)));
        assert!(sketch.at_least(hash(7), MOST) && !sketch.at_least(hash(7), MOST + 1));
        assert!((200..300).filter(|i| sketch.at_least(hash(*i), 1)).count() < 20);
    }
}
