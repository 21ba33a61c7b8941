//! Renders pages with the text browsers w3m and lynx because users paste the output of such browsers.

use std::error::Error;
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// A text browser, with the arguments that make it render standard input as UTF-8 in 80 columns.
pub(super) struct TextBrowser {
    pub program: &'static str,
    arguments: &'static [&'static str],
}

pub(super) const W3M: TextBrowser = TextBrowser {
    program: "w3m",
    arguments: &["-dump", "-cols", "80", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"],
};
pub(super) const LYNX: TextBrowser = TextBrowser {
    program: "lynx",
    arguments: &[
        "-dump",
        "-nolist",
        "-width=80",
        "-stdin",
        "-force_html",
        "-assume_charset=utf-8",
        "-display_charset=utf-8",
    ],
};

impl TextBrowser {
    /// Renders a page. Error messages name the browser.
    pub(super) fn render(&self, page: &str) -> Result<String, Box<dyn Error>> {
        let failed = |error: std::io::Error| format!("{}: {error}; install it, or check that it runs", self.program);
        // Hide the home directory, since the developer's own browser settings must not affect the training data.
        let mut child = Command::new(self.program)
            .args(self.arguments)
            .env("HOME", "/nonexistent")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let input = child.stdin.take();
        let output = thread::scope(|scope| {
            // Write in a separate thread, since a browser stops reading when its output pipe is full.
            scope.spawn(move || input.map(|mut input| input.write_all(page.as_bytes())));
            child.wait_with_output()
        })
        .map_err(failed)?;
        if !output.status.success() {
            return Err(format!("{}: {}", self.program, output.status).into());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
