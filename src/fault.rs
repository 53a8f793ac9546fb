//! Faults of libraries over what a file holds, kept to where they happen. Hides no fault of the program's own.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives; `None` if it panicked. Only for work whose half-done state nobody sees again.
pub fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    let outer = CONTAINED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(outer);
    result.ok()
}

/// From now on a panic that is [`contained`] goes to the log alone: who reads the terminal is told of the file, and can do
/// nothing about the library.
pub fn log_contained() {
    let print = take_hook();
    set_hook(Box::new(move |panic| match CONTAINED.try_with(Cell::get) {
        Ok(true) => tracing::debug!("{panic}"),
        _ => print(panic),
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_stays_where_it_is_contained() {
        let contains = || CONTAINED.get();
        assert!(!contains());
        assert_eq!(contained(contains), Some(true));
        let broken = contained(|| {
            assert_eq!(contained(|| panic!("a font")), None::<()>);
            assert!(contains());
            panic!("a page")
        });
        assert_eq!(broken, None::<()>);
        assert!(!contains());
    }
}
