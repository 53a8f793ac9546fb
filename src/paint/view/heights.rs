//! Heights of many blocks, with quick sums: a Fenwick tree (P. Fenwick, 1994).

/// Heights in points; sums are kept in double precision so that a million lines don't drift.
#[derive(Default)]
pub struct Heights {
    tree: Vec<f64>,
    each: Vec<f32>,
}

impl Heights {
    pub fn new(each: Vec<f32>) -> Self {
        let mut tree = vec![0.0; each.len() + 1];
        for (at, height) in each.iter().enumerate() {
            tree[at + 1] += f64::from(*height);
            let parent = (at + 1) + ((at + 1) & (at + 1).wrapping_neg());
            if parent < tree.len() {
                tree[parent] += tree[at + 1];
            }
        }
        Self { tree, each }
    }

    pub fn get(&self, at: usize) -> f32 {
        self.each[at]
    }

    pub fn set(&mut self, at: usize, height: f32) {
        let change = f64::from(height) - f64::from(self.each[at]);
        self.each[at] = height;
        let mut node = at + 1;
        while node < self.tree.len() {
            self.tree[node] += change;
            node += node & node.wrapping_neg();
        }
    }

    /// Sum of the heights before block `at`.
    pub fn before(&self, at: usize) -> f64 {
        let (mut node, mut sum) = (at, 0.0);
        while node > 0 {
            sum += self.tree[node];
            node -= node & node.wrapping_neg();
        }
        sum
    }

    pub fn total(&self) -> f64 {
        self.before(self.each.len())
    }

    /// The block at height `y`; the first or last one outside.
    pub fn at(&self, y: f64) -> usize {
        let (mut node, mut left) = (0, y);
        let mut step = self.tree.len().next_power_of_two() / 2;
        while step > 0 {
            let next = node + step;
            if next < self.tree.len() && self.tree[next] <= left {
                node = next;
                left -= self.tree[next];
            }
            step /= 2;
        }
        node.min(self.each.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_plain_sums(
            mut each in proptest::collection::vec(1_u16..50, 1..60),
            changes in proptest::collection::vec((0_usize..60, 1_u16..50), 0..20), y in -10_i32..2000,
        ) {
            let mut heights = Heights::new(each.iter().map(|h| f32::from(*h)).collect());
            for (at, height) in changes {
                let at = at % each.len();
                each[at] = height;
                heights.set(at, f32::from(height));
            }
            let mut sum = 0.0;
            let mut found = None;
            for (at, height) in each.iter().enumerate() {
                prop_assert_eq!(heights.before(at), sum);
                sum += f64::from(*height);
                if found.is_none() && f64::from(y) < sum {
                    found = Some(at);
                }
            }
            prop_assert_eq!(heights.total(), sum);
            prop_assert_eq!(heights.at(f64::from(y)), found.unwrap_or(each.len() - 1));
        }
    }
}
