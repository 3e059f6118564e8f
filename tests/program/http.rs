//! The HTTP answers, through the router without a socket, and once through a real one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use fundstelle::archive::Archive;
use fundstelle::engine::embedded::Embedded;
use fundstelle::http::{Config, router};
use serde_json::Value;
use tower::ServiceExt;

use super::run::{Place, package};

pub fn archive(place: &Place) -> Arc<Archive> {
    let engine = Embedded::open(&place.path().join("index")).unwrap();
    let schema = engine.schema().clone();
    Arc::new(Archive::new(Arc::new(engine), schema))
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// A header, empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        (self.headers.get(name)).map_or("", |value| value.to_str().unwrap())
    }

    pub fn kind(&self) -> &str {
        self.header("content-type")
    }

    /// Checks that this is a problem of that status and code, with `part` in its detail.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str, part: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.kind(), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status, "{problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(part), "{problem}");
    }
}

/// Puts a request to a server over the index of a place.
pub fn send(place: &Place, request: Request<Body>) -> Answer {
    let config = Config::new("127.0.0.1:0".parse().unwrap());
    send_to(router(archive(place), &config), request)
}

/// Puts a request to a router.
pub fn send_to(router: axum::Router, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let response = router.oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: head.status,
            headers: head.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    })
}

/// A request of a client on this machine.
pub fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost")
}

/// Posts JSON.
pub fn post(place: &Place, path: &str, body: &Value) -> Answer {
    let request = request("POST", path).header(header::CONTENT_TYPE, "application/json");
    send(place, request.body(Body::from(body.to_string())).unwrap())
}

/// What an address answers.
pub fn get(place: &Place, path: &str) -> Answer {
    let answer = send(place, request("GET", path).body(Body::empty()).unwrap());
    assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
    answer
}

/// The text that an address answers.
pub fn text(place: &Place, path: &str) -> String {
    get(place, path).text
}

/// Status and type of the answer to a reader that only accepts some types.
pub fn accepting(place: &Place, path: &str, accept: &str) -> (u16, String) {
    let request = request("GET", path).header(header::ACCEPT, accept);
    let answer = send(place, request.body(Body::empty()).unwrap());
    (answer.status.as_u16(), answer.kind().to_owned())
}

/// The same as JSON.
pub fn json(place: &Place, path: &str) -> Value {
    get(place, path).json()
}

#[test]
fn http_answers_what_the_command_line_answers() {
    let place = Place::with_seeds();
    let mut by_http = get(&place, "/api/search?q=Kursk+Verluste&agency=kr-nis").json();
    let mut by_command = place.json(&[
        "search",
        "Kursk Verluste",
        "--filter",
        "agency=kr-nis",
        "--format",
        "json",
    ]);
    by_http["took_ms"] = Value::Null;
    by_command["took_ms"] = Value::Null;
    assert_eq!(by_http, by_command);
    assert_eq!(by_http["total_hits"], 3);
}

#[test]
fn parameters_select_exclude_and_order() {
    let place = Place::with_seeds();
    let total =
        |query: &str| get(&place, &format!("/api/search?{query}")).json()["total_hits"].clone();
    assert_eq!(total("agency=kr-nis&agency=kcna"), 4);
    assert_eq!(total("agency=kr-nis&agency=-dpa"), 2);
    assert_eq!(total("country=-GB"), 4);
    assert_eq!(total("publisher=_missing"), 3);
    assert_eq!(total("from=2025-04&to=2025-07"), 3);
    assert_eq!(total("q="), 5);
    let none = get(&place, "/api/search?q=Kursk&facets=").json();
    assert_eq!(none["facets"], serde_json::json!({}));
    let one = get(&place, "/api/search?q=Kursk&facets=country,agency&limit=0").json();
    assert_eq!(one["facets"].as_object().unwrap().len(), 2);
    assert_eq!(one["hits"], serde_json::json!([]));
}

#[test]
fn documents_facets_and_health_have_addresses() {
    let place = Place::with_seeds();
    let hit = get(&place, "/api/search?q=CNN").json()["hits"][0].clone();
    let document = get(
        &place,
        &format!("/api/documents/{}", hit["id"].as_str().unwrap()),
    )
    .json();
    assert!(document["body"].as_str().unwrap().contains("CNN"));
    assert!(document["agencies"][0]["evidence"][0]["rule"].is_string());
    let facet = get(&place, "/api/facets/country?q=Kursk&prefix=Korea").json();
    let names: Vec<&str> = facet["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Nordkorea", "Südkorea"]);
    let health = get(&place, "/health").json();
    assert_eq!(
        (&health["status"], &health["documents"]),
        (&"available".into(), &5.into())
    );
}

#[test]
fn every_error_is_a_problem_description() {
    let place = Place::with_seeds();
    for (path, status, code, part) in [
        (
            "/api/search?colour=red",
            400,
            "bad_parameter",
            "unknown parameter \"colour\"",
        ),
        (
            "/api/search?limit=x",
            400,
            "bad_parameter",
            "limit is \"x\"",
        ),
        ("/api/search?limit=1001", 400, "too_large", "at most 1000"),
        (
            "/api/search?sort=best",
            400,
            "bad_parameter",
            "relevance, newest, oldest or added",
        ),
        (
            "/api/search?from=gestern",
            400,
            "bad_parameter",
            "is no date",
        ),
        ("/api/search?cursor=x", 400, "bad_cursor", "begin again"),
        (
            "/api/search?all=true&any=true",
            400,
            "bad_parameter",
            "exclude each other",
        ),
        (
            "/api/search?q=%22a&strict=true",
            400,
            "unclosed_quote",
            "quotation mark",
        ),
        (
            "/api/facets/colour",
            400,
            "bad_filter",
            "unknown facet \"colour\"",
        ),
        (
            "/api/documents/none",
            404,
            "no_document",
            "no document with the id \"none\"",
        ),
        ("/nowhere", 404, "not_found", "/api/search"),
    ] {
        get(&place, path).is_problem(status, code, part);
    }
    assert_eq!(
        get(&place, "/api/search?q=%22a&strict=true").json()["span"],
        serde_json::json!([0, 1])
    );
    let wrong = send(
        &place,
        request("DELETE", "/api/search")
            .body(Body::empty())
            .unwrap(),
    );
    wrong.is_problem(405, "wrong_method", "the header allow");
    assert_eq!(wrong.header("allow"), "GET,HEAD,POST");
}

#[test]
fn a_name_from_elsewhere_that_leads_here_is_not_served() {
    let place = Place::with_seeds();
    let request = Request::builder().uri("/api/search?q=Kursk");
    let request = request.header(header::HOST, "evil.example");
    let answer = send(&place, request.body(Body::empty()).unwrap());
    assert_eq!(answer.status.as_u16(), 421);
    assert!(!answer.text.contains("Kursk"));
}

#[test]
fn hostile_text_stays_text() {
    let place = Place::new();
    place.write(
        "in.jsonl",
        "{\"id\":\"x\",\"title\":\"<script>alert(1)</script>\",\"body\":\"Kursk <img src=x onerror=alert(1)> & \\\"Ende\\\"\"}\n",
    );
    assert_eq!(place.run(&["index", "in.jsonl"]).code, 0);
    let hit = get(&place, "/api/search?q=Kursk").json()["hits"][0].clone();
    let html = hit["snippets"][0]["html"].as_str().unwrap();
    assert!(
        html.starts_with("<mark>Kursk</mark> &lt;img src=x"),
        "{html}"
    );
    assert_eq!(html.matches('<').count(), 2, "{html}");
}

/// A running server, stopped when it goes out of scope.
pub struct Server {
    child: std::process::Child,
    address: String,
}

impl Server {
    pub fn start(place: &Place) -> Server {
        Server::start_with(place, &[], &[])
    }

    /// The same with further arguments and variables of the environment.
    pub fn start_with(place: &Place, arguments: &[&str], variables: &[(&str, &str)]) -> Server {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = place
            .command(&arguments)
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .split("http://")
            .nth(1)
            .unwrap_or_else(|| panic!("{line}"));
        let address = address.split([' ', ',']).next().unwrap().to_owned();
        Server { child, address }
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Asks it as [`send_raw`] does.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        head: &[&str],
        body: &[u8],
    ) -> (u16, String, String) {
        send_raw(&self.address, method, path, head, body)
    }

    /// Ends the server at once, as a loss of power would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn get(&self, path: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let body = answer.split("\r\n\r\n").nth(1).unwrap();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }
}

/// Sends a request as it is and takes the answer: its status, its head in small letters, its body.
pub fn send_raw(
    address: &str,
    method: &str,
    path: &str,
    head: &[&str],
    body: &[u8],
) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut request = format!("{method} {path} HTTP/1.0\r\n").into_bytes();
    let has = |name: &str| {
        head.iter()
            .any(|line| line.to_lowercase().starts_with(name))
    };
    if !has("host:") {
        request.extend(format!("Host: {}\r\n", address).bytes());
    }
    if !has("content-length:") {
        request.extend(format!("Content-Length: {}\r\n", body.len()).bytes());
    }
    for line in head {
        request.extend(format!("{line}\r\n").bytes());
    }
    request.extend(b"\r\n");
    request.extend(body);
    // A server that refuses early does not read on.
    let _ = stream.write_all(&request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.unwrap_or(0), head.to_lowercase(), body.to_owned())
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_server_sees_new_commits_by_itself() {
    let place = Place::with_seeds();
    let server = Server::start(&place);
    assert_eq!(server.get("/health")["documents"], 5);
    place.write(
        "new.jsonl",
        "{\"id\":\"new\",\"body\":\"Ein Kegelverein.\"}\n",
    );
    assert_eq!(place.run(&["index", "new.jsonl"]).code, 0);
    let started = std::time::Instant::now();
    while server.get("/health")["documents"] != 6 {
        assert!(
            started.elapsed().as_secs() < 20,
            "the new commit was not seen"
        );
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(server.get("/api/search?q=Kegelverein")["total_hits"], 1);
}

#[cfg(unix)]
#[test]
fn the_server_stops_when_it_is_told() {
    let place = Place::with_seeds();
    let mut server = Server::start(&place);
    let id = server.child.id().to_string();
    assert!(
        std::process::Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn an_address_that_is_taken_is_named() {
    let place = Place::with_seeds();
    let server = Server::start(&place);
    let ran = place.run(&["serve", "--listen", &server.address]);
    ran.fails_with(&["cannot listen on", &server.address]);
    assert!(package().exists());
}
