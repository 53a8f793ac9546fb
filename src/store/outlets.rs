//! What a person has added to the table of outlets: kept among their settings, and written out for others.

use std::path::{Path, PathBuf};

use super::{Places, kept, write_new};
use crate::article::OutletNames;

/// The person's outlets; none where there are none or they cannot be read.
pub fn outlets(places: &Places) -> Vec<OutletNames> {
    kept::load(&file(places))
}

/// Reads, changes and saves the person's outlets as one step, whatever other windows do meanwhile.
///
/// # Errors
/// Where the system's folder for settings cannot be written.
pub fn change_outlets(
    places: &Places,
    change: impl FnOnce(&mut Vec<OutletNames>),
) -> std::io::Result<()> {
    kept::change(&file(places), |mut all: Vec<OutletNames>| {
        change(&mut all);
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    })
}

/// Writes outlets in the form of the program's own table, under a name of its own where there is a file of this one.
/// Returns where they are.
///
/// # Errors
/// Where the file cannot be written.
pub fn export_outlets(path: &Path, outlets: &[OutletNames]) -> std::io::Result<PathBuf> {
    write_new(path, serde_json::to_string_pretty(outlets)?.as_bytes())
}

fn file(places: &Places) -> PathBuf {
    places.config.join("outlets.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        assert!(outlets(&places).is_empty());
        let own = OutletNames {
            name: "مرصد الميناء".to_owned(),
            also: vec!["almina".to_owned()],
            ..OutletNames::default()
        };
        change_outlets(&places, |all| all.push(own.clone())).unwrap();
        assert_eq!(outlets(&places), [own]);
        change_outlets(&places, Vec::clear).unwrap();
        assert!(outlets(&places).is_empty());
        std::fs::write(file(&places), "{").unwrap();
        assert!(outlets(&places).is_empty());
        assert!(places.config.join("outlets.unreadable.json").exists());
    }
}
