//! Many lists of numbers in little memory: what an index is made of. Knows nothing of what the numbers mean.

use crate::work::{Stopped, Watch};

/// Lists of numbers, one behind the other.
#[derive(Default)]
pub(super) struct Lists {
    /// Where each ends.
    pub ends: Vec<u32>,
    pub all: Vec<u32>,
}

impl Lists {
    pub fn get(&self, at: usize) -> &[u32] {
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1] as usize
        };
        &self.all[start..self.ends[at] as usize]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Ends the list to which everything since the last one belongs.
    pub fn end(&mut self) {
        self.ends.push(self.all.len() as u32);
    }

    /// For each number below `numbers`, the lists that have it.
    pub fn turned(&self, numbers: usize, watch: &Watch) -> Result<Self, Stopped> {
        /// Numbers, and lists, between two questions whether to stop.
        const SHARE: usize = 1 << 16;
        let mut ends = vec![0_u32; numbers];
        for share in self.all.chunks(SHARE) {
            watch.check()?;
            for number in share {
                ends[*number as usize] += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            // For now where they start; filling in moves it to where they end.
            sum += std::mem::replace(end, sum);
        }
        let mut all = vec![0; self.all.len()];
        for list in 0..self.len() {
            if list.is_multiple_of(SHARE) {
                watch.check()?;
            }
            for number in self.get(list) {
                let end = &mut ends[*number as usize];
                all[*end as usize] = list as u32;
                *end += 1;
            }
        }
        Ok(Self { ends, all })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_twice_they_are_the_same() {
        let mut lists = Lists::default();
        for list in [&[1_u32, 3, 4][..], &[], &[0, 4], &[3]] {
            lists.all.extend_from_slice(list);
            lists.end();
        }
        let watch = Watch::silent();
        let turned = lists.turned(5, &watch).unwrap();
        let all: Vec<&[u32]> = (0..turned.len()).map(|at| turned.get(at)).collect();
        assert_eq!(all, [&[2_u32][..], &[0], &[], &[0, 3], &[0, 2]]);
        let again = turned.turned(4, &watch).unwrap();
        assert_eq!((again.ends, again.all), (lists.ends, lists.all));
    }
}
