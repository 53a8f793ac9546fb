//! The bundled sample: articles of invented outlets, carried inside the program so that a copy of the
//! binary alone can show what it does.

use std::path::PathBuf;

use include_dir::{Dir, include_dir};

use super::Places;

static SAMPLE: Dir = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");

/// Lays the sample out in the cache, where it can be opened like any folder, and says where.
///
/// # Errors
/// Where neither the cache nor the folder for temporary files can be written.
pub fn unpack_sample(places: &Places) -> std::io::Result<PathBuf> {
    unpack_into(places.cache.join("sample"))
        .or_else(|_| unpack_into(std::env::temp_dir().join("muqabala-sample")))
}

fn unpack_into(folder: PathBuf) -> std::io::Result<PathBuf> {
    // Anew each time: what an older version left must not be mixed in.
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    std::fs::create_dir_all(&folder)?;
    SAMPLE.extract(&folder)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacking_twice_leaves_only_the_sample() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        let at = unpack_sample(&places).unwrap();
        std::fs::write(at.join("stray.txt"), "stray").unwrap();
        let at = unpack_sample(&places).unwrap();
        assert!(!at.join("stray.txt").exists());
        assert_eq!(
            std::fs::read_dir(&at).unwrap().count(),
            SAMPLE.entries().len()
        );
    }
}
