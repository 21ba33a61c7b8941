//! Credentials for feed servers, in one file that only the user can read. It is beside the screen layout, outside the
//! library, which users copy and share, and outside the configuration folder, which users publish.
//!
//! The keyrings of desktops are not used: under Linux they need a C library or an asynchronous runtime, and a session
//! bus, which is missing over ssh.

use dateline_sync::Secret;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Name of the file.
const NAME: &str = "credentials.json";
/// Permission bits of all but the owner.
const OTHERS: u32 = 0o077;

/// The file with the credentials.
#[derive(Debug)]
pub(crate) struct Credentials {
    path: PathBuf,
}

/// Credentials of one account, as stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    url: String,
    user: String,
    password: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl Credentials {
    /// Finds the file of the user. It need not exist.
    ///
    /// # Errors
    /// Returns an error if the system has no folder for it.
    pub(crate) fn of_user() -> io::Result<Self> {
        let places = directories::ProjectDirs::from("", "", "dateline").ok_or(io::ErrorKind::NotFound)?;
        let folder = places.state_dir().unwrap_or_else(|| places.data_local_dir());
        Ok(Self { path: folder.join(NAME) })
    }

    /// Returns the credentials for an account, if there are any.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or if others can read it as well.
    pub(crate) fn get(&self, url: &str, user: &str) -> io::Result<Option<Secret>> {
        let mut all = self.read()?;
        let stored = all.remove(&(url.to_owned(), user.to_owned()));
        Ok(stored.map(|stored| Secret { password: stored.password, token: stored.token }))
    }

    /// Stores the credentials for an account, or forgets them if `secret` is `None`.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or replaced. It is then unchanged.
    pub(crate) fn set(&self, url: &str, user: &str, secret: Option<&Secret>) -> io::Result<()> {
        let mut all = self.read()?;
        let key = (url.to_owned(), user.to_owned());
        all.remove(&key);
        if let Some(Secret { password, token }) = secret {
            let (password, token) = (password.clone(), token.clone());
            all.insert(key, Stored { url: url.to_owned(), user: user.to_owned(), password, token });
        }
        self.replace(&all.into_values().collect::<Vec<_>>())
    }

    fn read(&self) -> io::Result<BTreeMap<(String, String), Stored>> {
        let mut file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            file => file.map_err(|error| self.named(&error.to_string()))?,
        };
        if file.metadata()?.mode() & OTHERS != 0 {
            return Err(self.named("others can read it; `chmod 600` keeps them out"));
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| self.named(&error.to_string()))?;
        // The parser's message may quote the file, so it is not passed on.
        let all: Vec<Stored> = serde_json::from_str(&text).map_err(|_| self.named("it is damaged"))?;
        Ok(all.into_iter().map(|stored| ((stored.url.clone(), stored.user.clone()), stored)).collect())
    }

    /// Replaces the file at once, so that a crash leaves either the old one or the new one.
    fn replace(&self, all: &[Stored]) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let new = self.path.with_extension(format!("{}.unfinished", std::process::id()));
        let written = (|| {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
            file.write_all(&serde_json::to_vec_pretty(all)?)?;
            file.sync_all()?;
            fs::rename(&new, &self.path)
        })();
        if written.is_err() {
            // Ignore errors: the file may not have been created.
            let _ = fs::remove_file(&new);
        }
        written.map_err(|error| self.named(&error.to_string()))
    }

    fn named(&self, reason: &str) -> io::Error {
        io::Error::other(format!("{}: {reason}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn credentials(name: &str) -> Credentials {
        let folder = std::env::temp_dir().join(format!("dateline-credentials-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Credentials { path: folder.join(NAME) }
    }

    #[test]
    fn credentials_are_kept_by_account_in_a_file_of_the_user() {
        let credentials = credentials("kept");
        let secret = |word: &str| Secret { password: word.to_owned(), token: None };
        assert_eq!(credentials.get("https://a.example/", "ada").unwrap(), None);
        credentials.set("https://a.example/", "ada", Some(&secret("one"))).unwrap();
        credentials.set("https://a.example/", "eve", Some(&secret("two"))).unwrap();
        assert_eq!(credentials.get("https://a.example/", "ada").unwrap(), Some(secret("one")));
        assert_eq!(fs::metadata(&credentials.path).unwrap().mode() & 0o777, 0o600);
        credentials.set("https://a.example/", "ada", None).unwrap();
        assert_eq!(credentials.get("https://a.example/", "ada").unwrap(), None);
        assert_eq!(credentials.get("https://a.example/", "eve").unwrap(), Some(secret("two")));
        fs::remove_dir_all(credentials.path.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_file_that_others_can_read_is_refused_without_being_quoted() {
        let credentials = credentials("open");
        let secret = Secret { password: "sesame".to_owned(), token: None };
        credentials.set("https://a.example/", "ada", Some(&secret)).unwrap();
        fs::set_permissions(&credentials.path, fs::Permissions::from_mode(0o644)).unwrap();
        let error = credentials.get("https://a.example/", "ada").unwrap_err().to_string();
        assert!(error.contains("others can read it") && !error.contains("sesame"), "{error}");
        fs::set_permissions(&credentials.path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&credentials.path, "[{\"password\": \"sesame\"").unwrap();
        let error = credentials.set("https://a.example/", "ada", Some(&secret)).unwrap_err().to_string();
        assert!(error.contains("it is damaged") && !error.contains("sesame"), "{error}");
        fs::remove_dir_all(credentials.path.parent().unwrap()).unwrap();
    }
}
