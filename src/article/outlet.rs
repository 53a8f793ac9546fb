//! An outlet with all the names and sites that mean it. Plain data: `ingest` looks names up, `store` keeps what a
//! person has added.

use serde::{Deserialize, Serialize};

/// One outlet of a table of outlets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletNames {
    pub name: String,
    /// Other spellings, Latin ones and short forms among them.
    #[serde(default)]
    pub also: Vec<String>,
    /// Host names without `www.`.
    #[serde(default)]
    pub sites: Vec<String>,
    /// True for agencies: others print their texts.
    #[serde(default)]
    pub agency: bool,
}
