//! The description of the API as a page.

use std::fmt::Write;

use serde_json::Value;

use crate::portal::assets;

/// The page. It loads nothing but the style of the server itself.
pub(super) fn page(description: &Value) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Fundstelle: the API</title>\n\
         <link rel=\"stylesheet\" href=\"{}\">\n</head>\n<body>\n<main class=\"api\">\n\
         <h1>Fundstelle: the API</h1>\n",
        assets::address(assets::STYLESHEET)
    );
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
    // Writing to a text cannot fail.
    let _ = writeln!(
        out,
        "<p>{}. {}</p>\n<p>For programs: <a href=\"/api/openapi.json\">/api/openapi.json</a> \
         (OpenAPI 3.1).</p>",
        text(&description["info"]["summary"]),
        text(&description["info"]["description"]),
    );
    for (path, operations) in members(&description["paths"]) {
        for (method, operation) in members(operations) {
            let method = method.to_uppercase();
            let id = text(&operation["operationId"]);
            let _ = writeln!(
                out,
                "<section id=\"{id}\">\n<h2><code>{method} {}</code></h2>\n<p>{}</p>",
                escaped(path),
                text(&operation["summary"])
            );
            parameters(&mut out, operation);
            body(&mut out, operation, description);
            let statuses: Vec<&str> = members(&operation["responses"]).map(|(s, _)| s).collect();
            let _ = writeln!(out, "<p>Answers: {}</p>\n</section>", statuses.join(", "));
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn parameters(out: &mut String, operation: &Value) {
    let Some(parameters) = operation["parameters"].as_array() else {
        return;
    };
    let rows = parameters.iter().map(|parameter| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let meaning = parameter["description"].as_str().unwrap_or_default();
        row(name, &parameter["schema"], meaning, &parameter["example"])
    });
    table(out, rows);
}

fn body(out: &mut String, operation: &Value, description: &Value) {
    let content = &operation["requestBody"]["content"];
    let Some((kind, content)) = members(content).next() else {
        return;
    };
    let _ = writeln!(out, "<p>Takes <code>{}</code>:</p>", escaped(kind));
    let shape = content["schema"]["$ref"].as_str().unwrap_or_default();
    let shape = shape.rsplit('/').next().unwrap_or_default();
    let shape = &description["components"]["schemas"][shape]["properties"];
    let rows = members(shape).map(|(name, shape)| {
        let meaning = shape["description"].as_str().unwrap_or_default();
        row(name, shape, meaning, &Value::Null)
    });
    table(out, rows);
}

fn table(out: &mut String, rows: impl Iterator<Item = String>) {
    let rows: String = rows.collect();
    if !rows.is_empty() {
        let head = "<tr><th>Name</th><th>Value</th><th>Meaning</th></tr>";
        let _ = writeln!(out, "<table>\n{head}\n{rows}</table>");
    }
}

fn row(name: &str, shape: &Value, meaning: &str, example: &Value) -> String {
    let mut kind = match shape["enum"].as_array() {
        Some(values) => {
            let values = values.iter().filter_map(Value::as_str);
            values.collect::<Vec<_>>().join(", ")
        }
        None => shape["type"].as_str().unwrap_or("object").to_owned(),
    };
    if let Some(most) = shape["maximum"].as_u64() {
        let _ = write!(kind, " up to {most}");
    }
    if !shape["default"].is_null() {
        let _ = write!(kind, ", without it {}", shape["default"]);
    }
    let example = match example {
        Value::Null => String::new(),
        Value::String(text) => format!(" For example <code>{}</code>.", escaped(text)),
        other => format!(" For example <code>{}</code>.", escaped(&other.to_string())),
    };
    format!(
        "<tr><td><code>{}</code></td><td>{}</td><td>{}{example}</td></tr>\n",
        escaped(name),
        escaped(&kind),
        escaped(meaning)
    )
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), value))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
