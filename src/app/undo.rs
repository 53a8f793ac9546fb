//! Filters that were, for undo and redo.

use std::time::{Duration, Instant};

use crate::view::Filter;

/// What a change of the filter was about: changes of one kind in quick succession are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    Choice,
    Days,
    Typing,
}

#[derive(Debug, Default)]
pub struct Undo {
    past: Vec<Filter>,
    future: Vec<Filter>,
    last: Option<(Touch, Instant)>,
}

impl Undo {
    const LONGEST: usize = 200;
    /// A word is typed and a range is dragged with shorter pauses than this.
    const PAUSE: Duration = Duration::from_millis(1200);

    pub fn remember(&mut self, before: Filter, touch: Touch) {
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

    /// The filter one step back, or forth again; `current` is where the step starts.
    pub fn step(&mut self, current: Filter, redo: bool) -> Option<Filter> {
        let (from, to) = if redo {
            (&mut self.future, &mut self.past)
        } else {
            (&mut self.past, &mut self.future)
        };
        let filter = from.pop()?;
        to.push(current);
        self.last = None;
        Some(filter)
    }

    pub fn can_step(&self, redo: bool) -> bool {
        !if redo { &self.future } else { &self.past }.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(query: &str) -> Filter {
        Filter {
            query: query.to_owned(),
            ..Filter::default()
        }
    }

    #[test]
    fn what_is_typed_in_one_go_is_one_step() {
        let mut history = Undo::default();
        for before in ["", "م", "مي"] {
            history.remember(asking(before), Touch::Typing);
        }
        history.remember(asking("ميناء"), Touch::Choice);
        let back = history.step(asking("x"), false).unwrap();
        assert_eq!(back, asking("ميناء"));
        let first = history.step(back, false).unwrap();
        assert_eq!(first, Filter::default());
        assert_eq!(history.step(first.clone(), false), None);
        let forth = history.step(first, true).unwrap();
        assert_eq!(forth, asking("ميناء"));
        assert!(history.can_step(true));
        // A new choice forgets what was undone.
        history.remember(forth, Touch::Choice);
        assert!(!history.can_step(true));
    }
}
