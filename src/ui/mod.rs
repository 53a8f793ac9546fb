//! Panels: one file each, over plain data. They change nothing but their own widgets' state; whatever a
//! person asks for leaves as a [`command::Command`].

mod acts;
pub mod articles;
pub mod asking;
mod bounds;
pub mod chips;
pub mod collation;
pub mod command;
pub mod compare;
pub mod correct;
mod days;
pub mod deciding;
pub mod dialogs;
pub mod facets;
pub mod families;
mod heading;
pub mod known;
mod list;
pub mod outlets;
pub mod pairs;
pub mod phrasing;
pub mod pictures;
mod sharing;
pub mod source;
pub mod start;
pub mod status_bar;
pub mod theme;
pub mod top_bar;
pub mod verdict;
pub mod wordings;
