//! The token that those who write show.

use std::fmt;
use std::path::Path;

use axum::http::{HeaderMap, StatusCode, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::problem::Problem;

/// Shortest token, in characters: what cannot be guessed over a network.
const SHORTEST: usize = 16;
/// Longest token, in characters.
const LONGEST: usize = 1024;

/// A secret that allows to write. It is kept as its hash: it is neither shown nor logged, and
/// comparing takes the same time for every guess.
#[derive(Clone)]
pub struct Token([u8; 32]);

/// Why a text is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TokenError(String);

impl Token {
    /// A token; white space around it is none of it.
    pub fn new(text: &str) -> Result<Token, TokenError> {
        let text = text.trim();
        if text.len() < SHORTEST || text.len() > LONGEST {
            return Err(TokenError(format!(
                "a token has {SHORTEST} to {LONGEST} characters, this has {}; make one with: \
                 openssl rand -hex 32",
                text.chars().count()
            )));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            let reason =
                "a token is one line of letters, digits and signs of ASCII, without blanks";
            return Err(TokenError(reason.to_owned()));
        }
        Ok(Token::hashed(text))
    }

    /// The token that a file holds.
    pub fn read(path: &Path) -> Result<Token, TokenError> {
        let trouble = |reason: String| TokenError(format!("{}: {reason}", path.display()));
        let text = std::fs::read_to_string(path)
            .map_err(|error| trouble(format!("cannot be read: {error}")))?;
        Token::new(&text).map_err(|error| trouble(error.0))
    }

    /// Refuses whoever does not show the token.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let shown = (headers.get(header::AUTHORIZATION))
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        match shown {
            None => Err(unauthorised(
                "writing needs a token; send the header authorization: Bearer TOKEN",
                "Bearer",
            )),
            Some((_, text)) if Token::hashed(text.trim()).0.ct_eq(&self.0).into() => Ok(()),
            Some(_) => Err(unauthorised(
                "this token is not the one of this server",
                "Bearer error=\"invalid_token\"",
            )),
        }
    }

    fn hashed(text: &str) -> Token {
        Token(Sha256::digest(text).into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

fn unauthorised(detail: &str, challenge: &'static str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "unauthorised", detail)
        .with_header(header::WWW_AUTHENTICATE, challenge)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "correct-horse-battery";

    fn headers(authorization: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, authorization.parse().unwrap());
        headers
    }

    #[test]
    fn only_the_token_itself_opens() {
        let token = Token::new(&format!(" {SECRET}\n")).unwrap();
        assert!(token.check(&headers(&format!("Bearer {SECRET}"))).is_ok());
        assert!(token.check(&headers(&format!("bearer  {SECRET} "))).is_ok());
        for wrong in [
            "Bearer",
            "Bearer ",
            "Bearer correct-horse-batter",
            "Bearer correct-horse-batteryy",
            "Basic correct-horse-battery",
            SECRET,
        ] {
            assert!(token.check(&headers(wrong)).is_err(), "{wrong}");
        }
        assert!(token.check(&HeaderMap::new()).is_err());
    }

    #[test]
    fn a_token_that_can_be_guessed_or_not_be_sent_is_none() {
        for bad in [
            "",
            "short",
            "fifteen-letters",
            "two words in one token",
            "geheim-geheim-ä",
        ] {
            assert!(Token::new(bad).is_err(), "{bad}");
        }
        assert!(Token::new(&"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn a_token_is_not_shown() {
        let shown = format!("{:?}", Token::new(SECRET).unwrap());
        assert_eq!(shown, "Token(…)");
    }
}
