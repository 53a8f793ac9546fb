//! What is large and made of many pieces is freed where nobody waits for it: letting go of a hundred thousand texts
//! takes a tenth of a second, and whoever stops a run is not to wait for that.

use std::ops::{Deref, DerefMut};

/// A value that is freed by a thread that has nothing else to do, unless it is taken out.
pub(super) struct FreedLater<T: Default + Send + 'static>(T);

impl<T: Default + Send + 'static> FreedLater<T> {
    pub fn new(value: T) -> Self {
        Self(value)
    }

    pub fn take(mut self) -> T {
        std::mem::take(&mut self.0)
    }
}

impl<T: Default + Send + 'static> Deref for FreedLater<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Default + Send + 'static> DerefMut for FreedLater<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Default + Send + 'static> Drop for FreedLater<T> {
    fn drop(&mut self) {
        let value = std::mem::take(&mut self.0);
        rayon::spawn(move || drop(value));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    /// Tells when it is freed.
    #[derive(Default)]
    struct Told(Option<Sender<()>>);

    impl Drop for Told {
        fn drop(&mut self) {
            if let Some(told) = &self.0 {
                let _ = told.send(());
            }
        }
    }

    fn told() -> (FreedLater<Told>, Receiver<()>) {
        let (sender, receiver) = channel();
        (FreedLater::new(Told(Some(sender))), receiver)
    }

    #[test]
    fn what_is_left_is_freed_and_what_is_taken_is_not() {
        let (left, freed) = told();
        drop(left);
        freed.recv().unwrap();
        let (left, freed) = told();
        let taken = left.take();
        assert!(freed.try_recv().is_err());
        drop(taken);
        freed.recv().unwrap();
    }
}
