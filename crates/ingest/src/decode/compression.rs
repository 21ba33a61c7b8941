//! Removes gzip and zstd compression, including nested layers. Works on streams, so the uncompressed size stated in a
//! file is never trusted.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Maximum number of compression layers to remove.
const LAYERS: usize = 3;
/// Maximum zstd window size, as a power of two (64 MiB).
const WINDOW: u32 = 26;

/// Byte stream from which articles are read.
pub(crate) type Source<'a> = Box<dyn BufRead + 'a>;

/// Removes all layers of compression from `source`.
///
/// # Errors
/// Returns an error if the source cannot be read.
pub(crate) fn decompressed(source: Source<'_>) -> io::Result<Source<'_>> {
    let mut source = source;
    for _ in 0..LAYERS {
        let (head, whole) = peeked(source, 4)?;
        source = if head.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::new(Layer { inner: MultiGzDecoder::new(whole), name: "gzip" }))
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(whole)?;
            decoder.window_log_max(WINDOW)?;
            Box::new(BufReader::new(Layer { inner: decoder, name: "zstd" }))
        } else {
            return Ok(whole);
        };
    }
    Ok(source)
}

/// Returns the first `length` bytes, or fewer if the source is shorter, and a source that still begins with them.
///
/// # Errors
/// Returns an error if the source cannot be read.
pub(crate) fn peeked(mut source: Source<'_>, length: usize) -> io::Result<(Vec<u8>, Source<'_>)> {
    let mut head = Vec::with_capacity(length);
    source.by_ref().take(length as u64).read_to_end(&mut head)?;
    let whole = Box::new(Cursor::new(head.clone()).chain(source));
    Ok((head, whole))
}

/// Decoder for one layer of compression. Its errors name the compression method.
struct Layer<R> {
    inner: R,
    name: &'static str,
}

impl<R: Read> Read for Layer<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let damaged = |error| io::Error::other(format!("its {} data is damaged: {error}", self.name));
        self.inner.read(buffer).map_err(damaged)
    }
}
