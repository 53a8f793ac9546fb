//! A cache that forgets what wasn't asked for lately, a little at a time: dropping tens of thousands of
//! entries at once is seen as a stutter.
//!
//! Two generations: what is found in the old one moves to the new one; when the new one is full, the old
//! one is retired and dropped bit by bit.

use std::collections::{HashMap, hash_map};

type Map<V> = HashMap<u64, V, foldhash::fast::FixedState>;

/// Values by the hash of their key; the caller compares the key itself.
pub struct Cache<V> {
    new: Map<V>,
    old: Map<V>,
    retired: Option<hash_map::IntoIter<u64, V>>,
    room: usize,
    /// Values put in since last tidied.
    added: usize,
}

/// Retired values dropped in one go, beside two for each one put in.
const BIT: usize = 32;

impl<V> Cache<V> {
    /// Keeps at least the last `room` values that were put in or found.
    pub fn new(room: usize) -> Self {
        Self {
            new: Map::default(),
            old: Map::default(),
            retired: None,
            room,
            added: 0,
        }
    }

    /// The value of `hash` that `is` what was meant.
    pub fn get(&mut self, hash: u64, is: impl Fn(&V) -> bool) -> Option<&V> {
        if !self.new.contains_key(&hash) {
            let known = self.old.remove(&hash)?;
            self.insert(hash, known);
        }
        self.new.get(&hash).filter(|value| is(value))
    }

    pub fn insert(&mut self, hash: u64, value: V) {
        if self.new.len() >= self.room {
            let full = std::mem::take(&mut self.new);
            let old = std::mem::replace(&mut self.old, full);
            self.retired = Some(old.into_iter());
            // Growing by and by would move everything several times.
            self.new.reserve(self.room);
        }
        self.new.insert(hash, value);
        self.added += 1;
    }

    /// Drops a bit of what is retired; to be called once a frame.
    pub fn tidy(&mut self) {
        let bit = BIT + 2 * std::mem::take(&mut self.added);
        if let Some(retired) = &mut self.retired {
            retired.by_ref().take(bit).for_each(drop);
            if retired.len() == 0 {
                self.retired = None;
            }
        }
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&V) -> bool) {
        self.new.retain(|_, value| keep(value));
        self.old.retain(|_, value| keep(value));
    }

    pub fn clear(&mut self) {
        self.new.clear();
        self.old.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut cache = Cache::new(10);
        cache.insert(0, 0);
        for n in 1..200_u64 {
            cache.insert(n, n);
            cache.tidy();
            assert_eq!(cache.get(0, |v| *v == 0), Some(&0), "{n}");
            assert_eq!(cache.get(n, |_| false), None);
            for last in n.saturating_sub(8)..=n {
                assert_eq!(cache.get(last, |v| *v == last), Some(&last), "{n}");
            }
        }
        assert_eq!(cache.get(100, |_| true), None);
        assert!(cache.new.len() + cache.old.len() <= 20);
        assert!(cache.retired.is_none());
        cache.clear();
        assert_eq!(cache.get(0, |_| true), None);
    }
}
