//! Sorts what is gathered from many texts, in parts, so that a job can be stopped in between and no more
//! than one part at a time has to be moved.

use rayon::prelude::*;

use crate::work::{Stopped, Watch};

const PARTS: usize = 64;
/// Items that are looked through between two questions whether to stop, at most.
const SHARE: usize = 64;

/// Calls `gather` for each item with its index and a sink; what reaches the sink as `(hash, value)` comes
/// back sorted by value in parts. Values with the same hash are in the same part.
pub(super) fn sorted_parts<I, T, G>(
    items: &[I],
    gather: G,
    watch: &Watch,
) -> Result<Vec<Vec<T>>, Stopped>
where
    I: Sync,
    T: Ord + Copy + Send,
    G: Fn(usize, &I, &mut dyn FnMut(u64, T)) + Sync,
{
    // A few may be books: each is a share of its own.
    let in_share = (items.len() / PARTS).clamp(1, SHARE);
    let shares: Vec<Vec<Vec<T>>> = items
        .par_chunks(in_share)
        .enumerate()
        .map(|(share, items)| {
            watch.check()?;
            let mut parts: Vec<Vec<T>> = (0..PARTS).map(|_| Vec::new()).collect();
            for (i, item) in items.iter().enumerate() {
                gather(share * in_share + i, item, &mut |hash, value| {
                    parts[part_of(hash)].push(value);
                });
            }
            Ok(parts)
        })
        .collect::<Result<_, Stopped>>()?;
    let mut pieces: Vec<Vec<Vec<T>>> = (0..PARTS).map(|_| Vec::new()).collect();
    for share in shares {
        for (pieces, piece) in pieces.iter_mut().zip(share) {
            pieces.push(piece);
        }
    }
    pieces
        .into_par_iter()
        .map(|pieces| {
            watch.check()?;
            let mut part = pieces.concat();
            drop(pieces);
            part.sort_unstable();
            Ok(part)
        })
        .collect()
}

/// The part in which everything with this hash is.
pub(super) fn part_of(hash: u64) -> usize {
    let mixed = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    mixed as usize % PARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_sorted_and_together() {
        let items: Vec<u64> = (0..1000).map(|i| (i * 7919) % 100).collect();
        let parts = sorted_parts(
            &items,
            |at, item, sink| sink(*item, (*item, at)),
            &Watch::silent(),
        )
        .unwrap();
        assert!(parts.iter().all(|part| part.is_sorted()));
        assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), items.len());
        for item in 0..100 {
            let with = |part: &&Vec<(u64, usize)>| part.iter().any(|(value, _)| *value == item);
            assert_eq!(parts.iter().filter(with).count(), 1);
        }
    }
}
