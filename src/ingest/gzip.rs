//! gzip around any other format.

use super::Error;
use flate2::read::MultiGzDecoder;
use std::borrow::Cow;
use std::io::Read;

/// The most that a packed file may grow to, in bytes.
const LIMIT: u64 = 256 << 20;

/// The bytes inside gzip, or the bytes themselves.
///
/// # Errors
/// When the packed data is damaged or larger than the limit.
pub fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(LIMIT + 1).read_to_end(&mut out);
    read.map_err(|error| Error::Packed(format!("its gzip data is damaged: {error}")))?;
    if out.len() as u64 > LIMIT {
        return Err(Error::Packed(format!("it unpacks to more than {} MB", LIMIT >> 20)));
    }
    Ok(Cow::Owned(out))
}
