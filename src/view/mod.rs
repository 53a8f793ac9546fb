//! What the screen shows, as plain data: facets, lists, the comparison. Knows no egui and starts no work.
//!
//! Everything here is a pure function of articles, findings and what the person chose, so the window and
//! the report cannot drift apart, and every act can be tested without a window.

pub mod aligned;
mod board;
pub mod collation;
mod columns;
pub mod comparison;
pub mod evidence;
mod facets;
mod filter;
mod letters;
pub mod level;
mod pairs;
pub mod source;
mod status;
pub mod wordings;

pub use board::{Board, Order, Sort};
pub use columns::Columns;
pub use facets::{Bin, BinUnit, Histogram, OutletCount};
pub use filter::{DayFilter, Filter, Sides};
pub use pairs::{Pair, Pairs};
pub use status::{List, Phase, Screen};
