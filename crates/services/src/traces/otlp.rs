//! Spans in the words of the protocol: OTLP in its JSON form. Its crates would bring tonic and prost along even for HTTP.

use super::{Settings, Span, Value};
use serde_json::{Value as Json, json};

/// One request with these spans.
pub fn request(settings: &Settings, spans: &[Span]) -> Json {
    let resource: Vec<_> = settings.resource.iter().map(|(key, value)| text(key, value)).collect();
    let spans: Vec<_> = spans.iter().map(span).collect();
    let scope = json!({"name": "pult", "version": env!("CARGO_PKG_VERSION")});
    json!({"resourceSpans": [{
        "resource": {"attributes": resource},
        "scopeSpans": [{"scope": scope, "spans": spans}],
    }]})
}

fn text(key: &str, value: &str) -> Json {
    json!({"key": key, "value": {"stringValue": value}})
}

fn span(span: &Span) -> Json {
    let attributes: Vec<_> = span
        .attributes
        .iter()
        .map(|(key, value)| match value {
            Value::Text(value) => text(key, value),
            // Whole numbers of 64 bits are texts in this form.
            Value::Int(value) => json!({"key": key, "value": {"intValue": value.to_string()}}),
        })
        .collect();
    let mut out = json!({
        "traceId": hex::encode(span.trace.0),
        "spanId": hex::encode(span.id.0),
        "name": span.name,
        "kind": span.kind as u8,
        "startTimeUnixNano": span.start_ns.to_string(),
        "endTimeUnixNano": span.end_ns.to_string(),
        "attributes": attributes,
    });
    if let Some(parent) = span.parent {
        out["parentSpanId"] = hex::encode(parent.0).into();
    }
    if !span.links.is_empty() {
        let link = |(trace, id): &(super::TraceId, super::SpanId)| json!({"traceId": hex::encode(trace.0), "spanId": hex::encode(id.0)});
        out["links"] = span.links.iter().map(link).collect();
    }
    if let Some((code, words)) = &span.failed {
        let mut attributes = vec![text("exception.type", code)];
        attributes.extend(words.map(|words| text("exception.message", words)));
        let at = span.end_ns.to_string();
        out["events"] = json!([{"timeUnixNano": at, "name": "exception", "attributes": attributes}]);
        out["status"] = json!({"code": 2});
    }
    out
}
