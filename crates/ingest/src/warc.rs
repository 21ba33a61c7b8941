//! Reads a web archive (WARC, ISO 28500) as a stream, holding one record in memory at a time.

use super::Sink;
use super::error::{Error, MAX_BYTES_READ, unreadable};
use crate::decode::compression::Source;
use brotli_decompressor::Decompressor as Brotli;
use dateline_core::article::Article;
use dateline_core::text::{clean, folded};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, BufRead, Read};

/// Maximum length of a header line, in bytes.
const LINE: u64 = 64 << 10;
/// Maximum number of header lines in a record or response.
const LINES: usize = 1000;

/// Names of unsupported HTTP content encodings.
const UNREAD: [&str; 4] = ["compress", "x-compress", "dcb", "dcz"];
/// Buffer size of the brotli decoder, in bytes.
const BUFFER: usize = 64 << 10;
/// Maximum number of content encodings to decode for one body.
const ENCODINGS: usize = 4;
/// URL schemes of the records that a crawler writes about itself.
const CRAWLER_SCHEMES: [&str; 5] = ["metadata", "urn", "dns", "whois", "filedesc"];

/// Reader of a page in any format; the first argument is the ID of the page. It is passed in because the format table
/// depends on this module.
pub(crate) type PageReader = fn(&str, &[u8]) -> Result<Vec<Article>, Error>;

/// Header lines of a WARC record or an HTTP response.
#[derive(Default)]
struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// Returns the value of a header field, or an empty string if it is missing. `name` is in lower case.
    fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Passes on the articles of each page in an archive, or the reason why a page has none. Skips records that are not
/// pages, such as requests, pictures and redirects.
///
/// # Errors
/// Returns an error if the source cannot be read any further, or ends inside a record.
pub(crate) fn each(id: &str, mut source: Source<'_>, read: PageReader, sink: Sink<'_>) -> Result<(), Error> {
    let mut pages = 0_usize;
    while let Some(head) = head(&mut source).map_err(|error| unreadable(&error))? {
        if !head.first.starts_with("WARC/") {
            return Err(Error::Refused(format!("it is damaged after its page {pages}")));
        }
        let Ok(length) = head.get("content-length").parse::<u64>() else {
            return Err(Error::Refused(format!("a record after its page {pages} does not say how long it is")));
        };
        let mut body = Vec::new();
        let taken = length.min(MAX_BYTES_READ as u64);
        let kind = head.get("warc-type");
        if matches!(kind, "response" | "resource" | "conversion") {
            source.by_ref().take(taken).read_to_end(&mut body).map_err(|error| unreadable(&error))?;
        }
        let rest = length - body.len() as u64;
        let skipped = io::copy(&mut source.by_ref().take(rest), &mut io::sink()).map_err(|error| unreadable(&error))?;
        if let Some(page) = page(&head, body) {
            let address = Some(head.get("warc-target-uri").trim_matches(['<', '>'])).filter(|uri| !uri.is_empty());
            pages += 1;
            let id = address.map_or_else(|| format!("{id}#{pages}"), str::to_owned);
            if !pass_on(&id, page.and_then(|page| read(&id, &page)), length > taken, sink) {
                return Ok(());
            }
        }
        if skipped < rest {
            return Err(Error::Refused(format!("it is truncated after its page {pages}")));
        }
    }
    if pages == 0 { Err(Error::Refused("no page in the web archive".to_owned())) } else { Ok(()) }
}

/// Passes on the articles of a page, or the reason why it has none.
fn pass_on(id: &str, read: Result<Vec<Article>, Error>, cut: bool, sink: Sink<'_>) -> bool {
    match read {
        Ok(articles) => articles.into_iter().all(|mut article| {
            article.url = article.url.or_else(|| super::address::absolute(None, id));
            if cut {
                article.notes.push(format!("Only the first {} MB of its page were read.", MAX_BYTES_READ >> 20));
            }
            sink(Ok(article))
        }),
        Err(error) => sink(Err(Error::Refused(format!("{}: {error}", clean(&folded(id)))))),
    }
}

/// Returns the page in a record: its body, without the headers of the HTTP response. Returns an error if the body
/// cannot be decoded, and `None` if the record is not a page.
fn page(head: &Head, body: Vec<u8>) -> Option<Result<Vec<u8>, Error>> {
    if body.is_empty() || !is_web(head.get("warc-target-uri").trim_matches(['<', '>'])) {
        return None;
    }
    if head.get("warc-type") != "response" {
        return is_text(head.get("content-type")).then_some(Ok(body));
    }
    let mut rest = body.as_slice();
    let answer = self::head(&mut rest).ok().flatten()?;
    let status = answer.first.split(' ').nth(1).unwrap_or_default();
    if status != "200" || !is_text(answer.get("content-type")) {
        return None;
    }
    let plain =
        if answer.get("transfer-encoding").eq_ignore_ascii_case("chunked") { unchunked(rest) } else { rest.to_vec() };
    Some(unpacked(answer.get("content-encoding"), plain))
}

/// Decodes the content encodings of an HTTP body. `encodings` is the list from its header. The encodings are undone
/// from last to first.
fn unpacked(encodings: &str, body: Vec<u8>) -> Result<Vec<u8>, Error> {
    let names: Vec<&str> = encodings.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if let Some(unread) = names.iter().find(|name| UNREAD.iter().any(|unread| name.eq_ignore_ascii_case(unread))) {
        return Err(Error::Refused(format!("it is compressed as {unread}, which is not supported")));
    }
    let body = names.iter().rev().take(ENCODINGS).fold(body, |body, name| decoded(name, body));
    // Some servers compress a body without a header that says so.
    Ok(if body.starts_with(&[0x1f, 0x8b]) { decoded("gzip", body) } else { body })
}

/// Returns whether a record's URL may point to a page. The crawler's own records and files for crawlers
/// (`robots.txt`, sitemaps) are not pages. A record without a URL may be a page.
fn is_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let for_crawlers = last == "robots.txt" || last.starts_with("sitemap") && last.contains(".xml");
    !CRAWLER_SCHEMES.contains(&scheme.as_str()) && !for_crawlers
}

/// Returns whether content of this media type may contain articles. So may content whose type is not specified.
fn is_text(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty()
        || ["text/html", "text/plain", "text/markdown"].contains(&kind.as_str())
        || kind.ends_with("xml")
        || kind.ends_with("json")
}

/// Decodes a body in chunked transfer encoding. Returns it unchanged if it is not actually chunked.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let size = std::str::from_utf8(&rest[..end]).ok().and_then(|line| line.trim().split(';').next());
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else { break };
        let data = rest.get(end + 1..).unwrap_or_default();
        if size == 0 {
            return out;
        }
        let chunk = data.get(..size).unwrap_or(data);
        out.extend_from_slice(chunk);
        rest = data.get(chunk.len()..).map_or(&[], |rest| rest.strip_prefix(b"\r\n").unwrap_or(rest));
    }
    if out.is_empty() { body.to_vec() } else { out }
}

/// Decompresses an HTTP body. If it is damaged, returns the part that can be read.
fn decoded(encoding: &str, body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let read = match encoding.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => MultiGzDecoder::new(body.as_slice()).take(MAX_BYTES_READ as u64).read_to_end(&mut out),
        "deflate" => {
            let read = ZlibDecoder::new(body.as_slice()).take(MAX_BYTES_READ as u64).read_to_end(&mut out);
            // Some servers send a bare deflate stream, without the zlib wrapper that the standard requires.
            match read {
                Err(_) if out.is_empty() => {
                    DeflateDecoder::new(body.as_slice()).take(MAX_BYTES_READ as u64).read_to_end(&mut out)
                }
                read => read,
            }
        }
        "br" => Brotli::new(body.as_slice(), BUFFER).take(MAX_BYTES_READ as u64).read_to_end(&mut out),
        "zstd" => match zstd::stream::read::Decoder::new(body.as_slice()) {
            Ok(zstd) => zstd.take(MAX_BYTES_READ as u64).read_to_end(&mut out),
            Err(error) => Err(error),
        },
        _ => return body,
    };
    // A crawler may store a body already decompressed, but keep the original header.
    if read.is_err() && out.is_empty() { body } else { out }
}

/// Reads the next header block: the first line and the fields. Returns `None` at the end of the source.
fn head(source: &mut impl BufRead) -> io::Result<Option<Head>> {
    let mut out = Head::default();
    let mut line = Vec::new();
    for _ in 0..LINES {
        line.clear();
        if source.by_ref().take(LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        match (out.first.is_empty(), text.is_empty()) {
            // Records are separated by blank lines.
            (true, true) => {}
            (true, false) => text.clone_into(&mut out.first),
            (false, true) => break,
            (false, false) => {
                if let Some((name, value)) = text.split_once(':') {
                    out.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
    }
    Ok((!out.first.is_empty()).then_some(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, body: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://post.example/{kind}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    }

    #[test]
    fn pages_are_read_and_requests_passed_over() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n29\r\n<html><body><p>The mill has closed.</p></\r\n5\r\nbody>\r\n0\r\n\r\n";
        let crawl =
            record("request", "GET / HTTP/1.1\r\n\r\n") + &record("response", page) + &record("metadata", "x: y");
        let mut found = Vec::new();
        each("crawl", Box::new(crawl.as_bytes()), crate::page, &mut |read| {
            found.push(read.unwrap());
            true
        })
        .unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].url.as_deref(), Some("https://post.example/response"));
    }

    #[test]
    fn a_crawl_that_is_cut_off_says_so() {
        let crawl = record("resource", "The mill has closed and nobody knows for how long it will stay so.");
        let cut = &crawl.as_bytes()[..crawl.len() - 30];
        let error = each("crawl", Box::new(cut), crate::page, &mut |_| true).unwrap_err();
        assert!(error.to_string().contains("truncated"), "{error}");
    }
}
