//! Back and forward through the screens, as in a browser: where a person was, and where within it.

use crate::article::Span;
use crate::ui::compare::Standing;

/// A place to come back to. Articles are indices into the session's.
#[derive(Clone, Debug, PartialEq)]
pub enum Visit {
    Board,
    Comparison(Standing),
    Wordings {
        article: u32,
        span: Span,
    },
    Collation {
        members: Vec<u32>,
        base: u32,
        shown: Vec<u32>,
    },
    Source(u32),
}

/// Places before and behind the one that is shown.
#[derive(Debug, Default)]
pub struct History {
    before: Vec<Visit>,
    behind: Vec<Visit>,
}

impl History {
    /// Places kept; who went through more pairs than this will not go back through all of them.
    const KEPT: usize = 100;

    /// Leaves `here` for a new place.
    pub fn leave(&mut self, here: Visit) {
        self.behind.clear();
        if self.before.last() != Some(&here) {
            self.before.push(here);
        }
        if self.before.len() > Self::KEPT {
            self.before.remove(0);
        }
    }

    /// Goes back from `here`; `None` where there is nothing before it.
    pub fn back(&mut self, here: Visit) -> Option<Visit> {
        let to = self.before.pop()?;
        self.behind.push(here);
        Some(to)
    }

    /// Goes forward again from `here`; `None` where there is nothing behind it.
    pub fn forward(&mut self, here: Visit) -> Option<Visit> {
        let to = self.behind.pop()?;
        self.before.push(here);
        Some(to)
    }

    /// Forgets all: the places mean nothing in another folder.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_retrace_the_way_and_a_new_way_forgets_the_old_one() {
        let mut history = History::default();
        history.leave(Visit::Board);
        history.leave(Visit::Source(1));
        assert_eq!(history.back(Visit::Source(2)), Some(Visit::Source(1)));
        assert_eq!(history.back(Visit::Source(1)), Some(Visit::Board));
        assert_eq!(history.back(Visit::Board), None);
        assert_eq!(history.forward(Visit::Board), Some(Visit::Source(1)));
        history.leave(Visit::Source(1));
        assert_eq!(history.forward(Visit::Source(9)), None);
        history.clear();
        assert_eq!(history.back(Visit::Board), None);
    }
}
