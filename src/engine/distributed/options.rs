//! Which cluster, and how to reach it.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::engine::{EngineError, EngineErrorKind, Result};

/// Which cluster and which index in it, and how both are reached.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// Addresses of nodes (`https://search.example.org:9200`); any that answers will do.
    pub urls: Vec<String>,
    /// Name of the index: an alias, behind which stands the index that was built last.
    pub index: String,
    /// How to say who asks.
    pub credentials: Credentials,
    /// Certificates (PEM) to trust instead of those of the public authorities.
    pub authorities: Option<PathBuf>,
    /// How long one attempt at a request may take.
    pub timeout: Duration,
    /// How long a request is tried again if the cluster cannot be reached or is too busy.
    pub patience: Duration,
    /// Number of shards of an index that is made.
    pub shards: u32,
    /// Number of copies of each shard beside the first, of an index that is made.
    pub replicas: u32,
}

/// How to say who asks. Never printed.
#[derive(Clone, Default)]
pub enum Credentials {
    /// Not at all.
    #[default]
    None,
    /// By name and password.
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// By a key as the cluster gave it out (encoded).
    ApiKey(String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Credentials::None => "None",
            Credentials::Basic { .. } => "Basic",
            Credentials::ApiKey(_) => "ApiKey",
        })
    }
}

impl Credentials {
    /// The value of the header `Authorization`.
    pub(super) fn header(&self) -> Option<String> {
        match self {
            Credentials::None => None,
            Credentials::Basic { user, password } => {
                Some(format!("Basic {}", base64(&format!("{user}:{password}"))))
            }
            Credentials::ApiKey(key) => Some(format!("ApiKey {key}")),
        }
    }
}

/// The text in base64, as HTTP wants it for names and passwords.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::with_capacity(text.len().div_ceil(3) * 4);
    for three in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            encoded.push(if place > three.len() {
                '='
            } else {
                letter.into()
            });
        }
    }
    encoded
}

impl ClusterOptions {
    /// An index in the cluster of these nodes, with the usual settings.
    pub fn new(urls: Vec<String>, index: &str) -> ClusterOptions {
        ClusterOptions {
            urls,
            index: index.to_owned(),
            credentials: Credentials::None,
            authorities: None,
            timeout: Duration::from_secs(60),
            patience: Duration::from_secs(60),
            shards: 3,
            replicas: 2,
        }
    }

    /// Refuses what no cluster could be asked with.
    pub(super) fn check(&self) -> Result<()> {
        let refuse = |message: String| Err(EngineError::new(EngineErrorKind::Request, message));
        if self.urls.is_empty() {
            return refuse(
                "no cluster is named; give the address of a node: --url https://HOST:9200".into(),
            );
        }
        for url in &self.urls {
            let host = (url.strip_prefix("http://")).or_else(|| url.strip_prefix("https://"));
            if host.is_none_or(|host| host.is_empty() || host.contains(['@', '?', '#', ' '])) {
                return refuse(format!(
                    "\"{url}\" is no address of a node; write https://HOST:9200"
                ));
            }
        }
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !self.index.starts_with(|c: char| c.is_ascii_lowercase())
            || !self.index.chars().all(is_plain)
            || self.index.len() > 100
        {
            return refuse(format!(
                "\"{}\" is no name for an index; use small letters, digits and hyphens",
                self.index
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_passwords_are_sent_in_base64() {
        assert_eq!(
            base64("Aladdin:open sesame"),
            "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        assert_eq!(base64("ab:"), "YWI6");
        assert_eq!(base64(""), "");
    }

    fn refused(url: &str, index: &str) -> bool {
        ClusterOptions::new(vec![url.to_owned()], index)
            .check()
            .is_err()
    }

    #[test]
    fn addresses_and_names_are_checked() {
        assert!(!refused("https://search.example.org:9200", "presse-2025"));
        assert!(refused("search.example.org", "presse"));
        assert!(refused("https://me:secret@search.example.org", "presse"));
        for name in ["", "Presse", "_all", "a*", "a/b", "a,b"] {
            assert!(refused("http://127.0.0.1:9200", name), "{name}");
        }
    }

    #[test]
    fn credentials_are_never_printed() {
        let credentials = Credentials::Basic {
            user: "me".into(),
            password: "secret".into(),
        };
        assert!(!format!("{credentials:?}").contains("secret"));
    }
}
