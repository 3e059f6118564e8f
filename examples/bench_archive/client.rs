//! A client that keeps its connection and waits for each answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context, Result, ensure};

/// A connection to a server.
pub(crate) struct Connection {
    server: BufReader<TcpStream>,
    host: SocketAddr,
}

impl Connection {
    pub(crate) fn open(host: SocketAddr) -> Result<Connection> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            server: BufReader::new(stream),
            host,
        })
    }

    /// The body of what the server answers at an address.
    pub(crate) fn get(&mut self, address: &str) -> Result<Vec<u8>> {
        let request = format!("GET {address} HTTP/1.1\r\nhost: {}\r\n\r\n", self.host);
        self.server.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let mut length = None;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').context("a header without a colon")?;
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.trim().parse()?);
            }
        }
        let mut body = vec![0; length.context("an answer that does not tell its length")?];
        self.server.read_exact(&mut body)?;
        let told = String::from_utf8_lossy(&body);
        ensure!(status.contains(" 200 "), "{address}: {status} {told}");
        Ok(body)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.server.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}
