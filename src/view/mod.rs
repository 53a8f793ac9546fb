//! What the screen shows, as plain data: facets, lists, the comparison. Knows no egui and starts no work.
//!
//! Everything here is a pure function of articles, findings and what the person chose, so the window and
//! the report cannot drift apart, and every act can be tested without a window.

pub mod aligned;
mod board;
pub mod collation;
mod columns;
pub mod comparison;
mod counts;
mod days;
mod early;
pub mod evidence;
mod facet;
mod family;
mod filter;
mod letters;
pub mod level;
mod lineage;
mod links;
mod order;
mod pair_rows;
mod pairs;
mod pictures;
#[cfg(test)]
pub(crate) mod samples;
mod selection;
mod snippets;
pub mod source;
mod status;
mod tables;
mod text_graph;
mod typed_day;
pub mod wordings;

pub use board::{Board, Counts};
pub use columns::{Column, Columns};
pub use counts::{group, plural};
pub use days::{Bin, BinUnit, Histogram};
pub use early::Early;
pub use facet::{Facet, edit_name};
pub use family::{Follow, Lane, Timeline};
pub use filter::{Bounds, Choice, DayFilter, Filter, Restriction, Sides};
pub use lineage::{Lineage, Trace};
pub use links::{FamilyFacts, Links};
pub use order::{Order, Orders, Sort, Sorts};
pub use pair_rows::{PAIR_COLUMNS, pair_row};
pub use pairs::{Pair, Pairs};
pub use pictures::{Cell, Matrix, Overviews, Volume, Volumes, Words};
pub use selection::Hits;
pub use snippets::{Marker, Snippet, Snippets};
pub use status::{List, Phase, Screen};
pub use tables::Tables;
pub use text_graph::{MOST_NODES, TextGraph, TextLink, TextNode};
pub use typed_day::typed_days;
