//! Muqabala shows how news text travels. This page is the map.
//!
//! Data flows one way: folder → [`ingest`] → articles → [`reuse`] → findings, and → [`search`];
//! both → [`view`] → [`ui`] → [`paint`]. What a person does becomes a command; only [`app`] applies it.
//!
//! | room | what it is for | may import | must never |
//! | --- | --- | --- | --- |
//! | [`article`] | one text and what is known about it: plain data | nothing of ours | read files, decide anything |
//! | [`work`] | progress and stopping of long jobs | nothing of ours | start threads |
//! | [`fault`] | panics of libraries over what a file holds, kept to that file | nothing of ours | hide a fault of ours |
//! | [`text`] | Arabic as the rest sees it: fold with source map, words | nothing of ours | know articles |
//! | [`store`] | settings, corrections, what is kept of folders, the bundled sample | article, fault | write into an opened folder |
//! | [`ingest`] | folder → articles and skipped files | article, work, fault, text, store | write anywhere; fail as a whole for one file |
//! | [`reuse`] | articles → passages, edits, families | article, work, text | know files, windows or the clock |
//! | [`search`] | queries → articles | article, work, text | let another room name tantivy |
//! | [`view`] | what the screen shows, as plain data | article, work, text, reuse | know egui, start work |
//! | [`opening`] | disk → articles and findings by way of what was kept, for window and report alike | article, work, ingest, reuse, store | read or compare anything of its own |
//! | [`report`] | the headless twin of the window | all above | compute anything of its own |
//! | [`paint`] | cosmic-text on an egui painter: shaping, labels, text view, text field | nothing of ours | know articles |
//! | [`ui`] | panels, one file each | view, paint and the plain data they show | change state: it sends commands |
//! | [`app`] | state, commands, jobs, the window | all | compute what a room below can |
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

pub mod app;
pub mod article;
pub mod fault;
pub mod ingest;
pub mod opening;
pub mod paint;
pub mod report;
pub mod reuse;
pub mod search;
pub mod store;
pub mod text;
pub mod ui;
pub mod view;
pub mod work;
