//! Filters and verdicts that were, for undo and redo.

use std::time::{Duration, Instant};

use crate::article::Verdict;
use crate::view::Filter;

/// How something was before it was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Filter(Box<Filter>),
    Verdict {
        /// Paths of the two articles: their numbers change with the folder.
        pair: [String; 2],
        verdict: Verdict,
    },
}

/// What a change of the filter was about: changes of one kind in quick succession are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    Choice,
    Days,
    Typing,
}

#[derive(Debug, Default)]
pub struct Undo {
    past: Vec<Step>,
    future: Vec<Step>,
    last: Option<(Touch, Instant)>,
}

impl Undo {
    const LONGEST: usize = 200;
    /// A word is typed and a range is dragged with shorter pauses than this.
    const PAUSE: Duration = Duration::from_millis(1200);

    pub fn remember(&mut self, before: Step, touch: Touch) {
        let goes_on = self.last.is_some_and(|(last, when)| {
            last == touch && touch != Touch::Choice && when.elapsed() < Self::PAUSE
        });
        self.last = Some((touch, Instant::now()));
        self.future.clear();
        if goes_on {
            return;
        }
        self.past.push(before);
        if self.past.len() > Self::LONGEST {
            self.past.remove(0);
        }
    }

    /// Takes one step back, or forth again: `apply` makes it so and says how it was before. A step for which it says
    /// `None` is about nothing that is there any more: it is dropped, and the one behind it taken. False where there
    /// is none.
    pub fn step(&mut self, redo: bool, apply: impl FnMut(Step) -> Option<Step>) -> bool {
        let (from, to) = match redo {
            true => (&mut self.future, &mut self.past),
            false => (&mut self.past, &mut self.future),
        };
        let back = std::iter::from_fn(|| from.pop()).find_map(apply);
        let is_one = back.is_some();
        to.extend(back);
        self.last = None;
        is_one
    }

    pub fn can_step(&self, redo: bool) -> bool {
        !if redo { &self.future } else { &self.past }.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(query: &str) -> Step {
        Step::Filter(Box::new(Filter {
            query: query.to_owned(),
            ..Filter::default()
        }))
    }

    #[test]
    fn what_is_typed_in_one_go_is_one_step() {
        let mut history = Undo::default();
        for before in ["", "م", "مي"] {
            history.remember(asking(before), Touch::Typing);
        }
        history.remember(asking("ميناء"), Touch::Choice);
        let mut current = asking("x");
        let mut step = |history: &mut Undo, redo| {
            let swap = |step| Some(std::mem::replace(&mut current, step));
            let stepped = history.step(redo, swap);
            (stepped, current.clone())
        };
        assert_eq!(step(&mut history, false), (true, asking("ميناء")));
        assert_eq!(step(&mut history, false), (true, asking("")));
        assert_eq!(step(&mut history, false), (false, asking("")));
        assert_eq!(step(&mut history, true), (true, asking("ميناء")));
        assert!(history.can_step(true));
        // A new choice forgets what was undone.
        history.remember(asking("ميناء"), Touch::Choice);
        assert!(!history.can_step(true));
    }
}
