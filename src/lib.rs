//! Muqabala shows how news text travels. This page is the map.
//!
//! Data flows one way: folder → [`ingest`] → articles → [`reuse`] → findings, and → [`search`];
//! both → [`view`] → [`ui`] → [`paint`]. What a person does becomes a command; only [`app`] applies it.
//!
//! | room | what it is for | what it must never do |
//! | --- | --- | --- |
//! | [`article`] | one text and what is known about it: plain data | read files, decide anything |
//! | [`work`] | progress and stopping of long jobs | start threads |
//! | [`text`] | Arabic as the rest sees it: fold with source map, words | know articles |
//! | [`ingest`] | folder → articles and skipped files | write anywhere; fail as a whole for one file |
//! | [`reuse`] | articles → passages, edits, families | know files, windows or the clock |
//! | [`paint`] | cosmic-text on an egui painter: shaping, atlas, labels, text view, text field | know articles |
//!
//! Invariants: imports run downwards in the table's order only (`tests/it/house.rs` holds it); positions
//! are bytes of the source text until the edge; the same input gives the same output at any number of
//! threads; nothing that came from a file is unwrapped.
//!
//! Glossary: an *article* is one text of the folder; its *outlet* published it; *page furniture* is text
//! of the page that is no part of the article; a *passage* is a stretch that two articles share, a span
//! in each; a *pair* is two articles with their passages; a *family* is all articles connected by
//! passages; an *edit* is one difference inside a passage, with its kind; to *fold* is to map spellings
//! that mean the same to one form, for comparison only.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        reason = "a test that unwraps fails, as it should"
    )
)]

pub mod article;
pub mod ingest;
pub mod paint;
pub mod reuse;
pub mod text;
pub mod work;
