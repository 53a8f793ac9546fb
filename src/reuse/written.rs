//! Writes what is to be kept as bytes, and reads it again, so that both can be stopped: a large folder has some hundred
//! megabytes of it. Knows nothing of what it writes.

use postcard::{de_flavors, ser_flavors};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::work::{Stopped, Watch};

/// Bytes between two questions whether to stop.
const SHARE: usize = 1 << 18;

/// Bytes that are no longer taken in once the job is to end.
struct Stoppable<'a> {
    bytes: Vec<u8>,
    /// Where the next question is due.
    due: usize,
    watch: &'a Watch,
}

impl Stoppable<'_> {
    fn go_on(&mut self) -> postcard::Result<()> {
        if self.bytes.len() < self.due {
            return Ok(());
        }
        self.due = self.bytes.len() + SHARE;
        let ended = |Stopped| postcard::Error::SerializeBufferFull;
        self.watch.check().map_err(ended)
    }
}

impl ser_flavors::Flavor for Stoppable<'_> {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.bytes.push(byte);
        self.go_on()
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.bytes.extend_from_slice(bytes);
        self.go_on()
    }

    fn finalize(self) -> postcard::Result<Self::Output> {
        Ok(self.bytes)
    }
}

/// A value as bytes, behind `start`; nothing at all where it can't be written.
pub(super) fn bytes_of<T: Serialize>(
    value: &T,
    start: &[u8],
    watch: &Watch,
) -> Result<Vec<u8>, Stopped> {
    let into = Stoppable {
        bytes: start.to_vec(),
        due: 0,
        watch,
    };
    let written = postcard::serialize_with_flavor(value, into);
    watch.check()?;
    Ok(written.unwrap_or_default())
}

/// Bytes that no more come from once the job is to end.
struct Stopping<'de> {
    bytes: de_flavors::Slice<'de>,
    /// Bytes until the next question.
    left: usize,
    watch: &'de Watch,
}

impl Stopping<'_> {
    fn go_on(&mut self, bytes: usize) -> postcard::Result<()> {
        if let Some(left) = self.left.checked_sub(bytes) {
            self.left = left;
            return Ok(());
        }
        self.left = SHARE;
        let ended = |Stopped| postcard::Error::DeserializeUnexpectedEnd;
        self.watch.check().map_err(ended)
    }
}

impl<'de> de_flavors::Flavor<'de> for Stopping<'de> {
    type Remainder = &'de [u8];
    type Source = &'de [u8];

    fn pop(&mut self) -> postcard::Result<u8> {
        self.go_on(1)?;
        self.bytes.pop()
    }

    fn size_hint(&self) -> Option<usize> {
        self.bytes.size_hint()
    }

    fn try_take_n(&mut self, count: usize) -> postcard::Result<&'de [u8]> {
        self.go_on(count)?;
        self.bytes.try_take_n(count)
    }

    fn finalize(self) -> postcard::Result<Self::Remainder> {
        self.bytes.finalize()
    }
}

/// What [`bytes_of`] wrote, without what it was put behind; `None` where the bytes are damaged.
pub(super) fn value_of<T: DeserializeOwned>(
    bytes: &[u8],
    watch: &Watch,
) -> Result<Option<T>, Stopped> {
    let from = Stopping {
        bytes: de_flavors::Slice::new(bytes),
        left: 0,
        watch,
    };
    let read = T::deserialize(&mut postcard::Deserializer::from_flavor(from));
    watch.check()?;
    Ok(read.ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Stop;

    #[test]
    fn bytes_are_written_and_read_as_ever_and_none_after_a_stop() {
        let value: Vec<(String, u32)> = (0..90_000).map(|i| (i.to_string(), i)).collect();
        let bytes = bytes_of(&value, b"start", &Watch::silent()).unwrap();
        assert!(bytes.len() > 2 * SHARE);
        assert_eq!(
            bytes.strip_prefix(b"start").unwrap(),
            postcard::to_allocvec(&value).unwrap()
        );
        let bytes = bytes.strip_prefix(b"start").unwrap();
        let read = value_of::<Vec<(String, u32)>>(bytes, &Watch::silent());
        assert_eq!(read, Ok(Some(value.clone())));
        let half = value_of::<Vec<(String, u32)>>(&bytes[..SHARE], &Watch::silent());
        assert_eq!(half, Ok(None));
        let stop = Stop::default();
        stop.stop();
        let watch = Watch::new(stop, |_| {});
        assert!(bytes_of(&value, b"start", &watch).is_err());
        assert!(value_of::<Vec<(String, u32)>>(bytes, &watch).is_err());
    }
}
