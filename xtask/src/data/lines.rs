//! Converts Scrapinghub's article extraction benchmark to the renderings that `train lines` reads.

use super::page::Page;
use super::text_browser::{LYNX, W3M};
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// File name prefixes of the training pages. All other pages of the benchmark are the test set.
const PAGES: &str = include_str!("../../assets/training/lines/pages.txt");

/// An entry in the file `ground-truth.json` of the benchmark.
#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody")]
    body: String,
    #[serde(default)]
    url: String,
}

/// A record of the training data: one rendering of one page.
#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    domain: &'a str,
    dump: String,
    gold_body: &'a str,
}

/// Renders the benchmark pages in `folder` in five ways. Writes one file of records per rendering to the folder `out`.
pub(super) fn convert(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let path = folder.join("ground-truth.json");
    let truths: BTreeMap<String, Truth> =
        serde_json::from_str(&super::read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for start in PAGES.lines().filter(|line| !line.starts_with('#')) {
        let (id, truth) = truths
            .iter()
            .find(|(id, _)| id.starts_with(start))
            .ok_or_else(|| format!("{}: no page {start}", path.display()))?;
        let html = page(&folder.join("html").join(format!("{id}.html.gz")))?;
        for (rendering, dump) in renderings(&html, &truth.body)? {
            let record = Record { id, domain: domain(&truth.url), dump, gold_body: &truth.body };
            let file = files.entry(rendering).or_default();
            file.push_str(&serde_json::to_string(&record)?);
            file.push('\n');
        }
    }
    std::fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    for (rendering, text) in files {
        super::write(&out.join(format!("{rendering}.jsonl")), &text)?;
    }
    Ok(())
}

/// Renders a page in five ways. Returns each rendering with its name.
fn renderings(html: &str, body: &str) -> Result<[(&'static str, String); 5], Box<dyn Error>> {
    let page = Page::parse(html);
    Ok([
        ("blocks", page.blocks()),
        ("container", page.container(body)),
        ("nodes", page.nodes()),
        (W3M.program, W3M.render(html)?),
        (LYNX.program, LYNX.render(html)?),
    ])
}

/// Reads a gzipped page. Error messages name the file.
fn page(path: &Path) -> Result<String, Box<dyn Error>> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(path).map_err(failed)?).read_to_end(&mut bytes).map_err(failed)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the host of a URL, without `www.`. In a cross-validation, all pages of a host are in the same fold.
fn domain(url: &str) -> &str {
    let host = url.split('/').nth(2).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}
