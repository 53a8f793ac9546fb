//! The program: state, commands, jobs, and the window around them.
//!
//! Only this room starts jobs and applies commands. [`State`] is all there is to know and can be driven
//! without a window; the frame in `window.rs` shows it.

mod acts;
mod comparing;
mod counting;
mod dialog;
mod early;
mod files;
mod folder;
mod following;
mod history;
mod indexing;
mod jobs;
mod judging;
mod keeping;
mod paths;
mod renewing;
mod session;
mod state;
mod taking;
#[cfg(test)]
mod tests;
mod undo;
mod watching;
mod window;

pub use jobs::{Event, Outcome, Picked};
pub use session::Session;
pub use state::State;
pub use window::{Window, run};
