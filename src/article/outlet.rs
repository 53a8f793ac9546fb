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

impl OutletNames {
    /// Puts an outlet in place of the one that was kept under `before` and of the one that has its name; `None` only
    /// forgets.
    pub fn put(all: &mut Vec<Self>, outlet: Option<Self>, before: Option<&str>) {
        let name = outlet.as_ref().map(|outlet| outlet.name.as_str());
        all.retain(|other| ![name, before].contains(&Some(other.name.as_str())));
        all.extend(outlet);
    }
}
