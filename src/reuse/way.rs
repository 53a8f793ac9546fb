//! How the parts of a job are gone through: on all threads, or on this one alone. The outcome is the same.

use rayon::prelude::*;

use crate::work::{Stopped, Watch};

/// Says whether a job may go on.
pub(super) type GoOn<'g> = &'g dyn Fn() -> Result<(), Stopped>;

/// With the buffers `S` of one thread.
pub(super) enum Way<'w, S> {
    AllThreads(&'w Watch),
    Here { buffers: S, go_on: GoOn<'w> },
}

impl<'w, S: Default + Send> Way<'w, S> {
    pub fn here(go_on: GoOn<'w>) -> Self {
        Self::Here {
            buffers: S::default(),
            go_on,
        }
    }

    /// What `work` makes of each item, in their order.
    ///
    /// # Errors
    /// [`Stopped`] before the next item once it may not go on.
    pub fn each<T: Send, R: Send>(
        &mut self,
        items: Vec<T>,
        work: impl Fn(&mut S, T, GoOn) -> Result<R, Stopped> + Sync,
    ) -> Result<Vec<R>, Stopped> {
        match self {
            Self::AllThreads(watch) => items
                .into_par_iter()
                .map_init(S::default, |buffers, item| {
                    watch.check()?;
                    work(buffers, item, &|| watch.check())
                })
                .collect(),
            Self::Here { buffers, go_on } => items
                .into_iter()
                .map(|item| {
                    go_on()?;
                    work(buffers, item, *go_on)
                })
                .collect(),
        }
    }
}
