//! The standard variables of OpenTelemetry that say whether and where spans go.

use super::TraceId;
use anyhow::{Context, Result, bail};
use http::{HeaderName, HeaderValue};
use std::time::Duration;

/// A collector, and what is sent along. Headers may be secrets: they are never shown.
#[derive(Clone)]
pub struct Settings {
    pub endpoint: String,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub timeout: Duration,
    pub gzip: bool,
    /// What describes this program: `service.name` and whatever is to be said besides.
    pub resource: Vec<(String, String)>,
    /// Of 2⁵⁶ traces, how many are kept.
    kept: u64,
}

const ALL: u64 = 1 << 56;

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Settings({})", self.endpoint.split('?').next().unwrap_or_default())
    }
}

impl Settings {
    /// Reads them; `None` unless an endpoint is named.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Self>> {
        // What is said of traces alone goes before what is said of everything.
        let of = |name: &str| {
            variable(&format!("OTEL_EXPORTER_OTLP_TRACES_{name}"))
                .or_else(|| variable(&format!("OTEL_EXPORTER_OTLP_{name}")))
        };
        if variable("OTEL_SDK_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || variable("OTEL_TRACES_EXPORTER").is_some_and(|value| value == "none")
        {
            return Ok(None);
        }
        let traces = variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        let all = variable("OTEL_EXPORTER_OTLP_ENDPOINT").map(|all| format!("{}/v1/traces", all.trim_end_matches('/')));
        let Some(endpoint) = traces.or(all) else { return Ok(None) };
        if !endpoint.starts_with("http://") && !endpoint.starts_with("https://") {
            bail!("OTEL_EXPORTER_OTLP_ENDPOINT must begin with https:// or http://");
        }
        if of("PROTOCOL").is_some_and(|protocol| protocol == "grpc") {
            bail!("OTEL_EXPORTER_OTLP_PROTOCOL=grpc is not spoken here: name the collector's HTTP port and http/json");
        }
        let timeout = of("TIMEOUT").map_or(Ok(10_000), |ms| ms.parse::<u64>());
        let timeout = timeout.context("OTEL_EXPORTER_OTLP_TIMEOUT is not a number of milliseconds")?;
        let mut headers = Vec::new();
        for (name, value) in pairs(&of("HEADERS").unwrap_or_default()) {
            let (Ok(name), Ok(mut value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) else {
                bail!("OTEL_EXPORTER_OTLP_HEADERS has a header that cannot be sent");
            };
            value.set_sensitive(true);
            headers.push((name, value));
        }
        let mut resource = pairs(&variable("OTEL_RESOURCE_ATTRIBUTES").unwrap_or_default());
        if let Some(name) = variable("OTEL_SERVICE_NAME") {
            resource.retain(|(key, _)| key != "service.name");
            resource.push(("service.name".into(), name));
        }
        for (key, value) in [("service.name", "pult"), ("service.version", env!("CARGO_PKG_VERSION"))] {
            if resource.iter().all(|(known, _)| known != key) {
                resource.push((key.into(), value.into()));
            }
        }
        Ok(Some(Self {
            endpoint,
            headers,
            timeout: Duration::from_millis(timeout.clamp(100, 60_000)),
            gzip: of("COMPRESSION").is_some_and(|kind| kind == "gzip"),
            resource,
            kept: kept(&variable)?,
        }))
    }
    /// Whether a trace is one of those that are kept: by its id, so that every node decides alike.
    pub fn keeps(&self, trace: TraceId) -> bool {
        let mut low = [0; 8];
        low.copy_from_slice(&trace.0[8..]);
        u64::from_be_bytes(low) % ALL < self.kept
    }
}

/// How many traces the sampler keeps.
fn kept(variable: impl Fn(&str) -> Option<String>) -> Result<u64> {
    let sampler = variable("OTEL_TRACES_SAMPLER").unwrap_or_default();
    match sampler.strip_prefix("parentbased_").unwrap_or(&sampler) {
        "" | "always_on" => Ok(ALL),
        "always_off" => Ok(0),
        "traceidratio" => {
            let ratio = variable("OTEL_TRACES_SAMPLER_ARG").map_or(Ok(1.0), |text| text.parse::<f64>());
            let ratio = ratio.ok().filter(|ratio| (0.0..=1.0).contains(ratio));
            Ok((ratio.context("OTEL_TRACES_SAMPLER_ARG is not a number from 0 to 1")? * ALL as f64) as u64)
        }
        _ => bail!("OTEL_TRACES_SAMPLER={sampler} is not known here; known are always_on, always_off, traceidratio"),
    }
}

/// `key=value,key=value`, percent-encoded.
fn pairs(text: &str) -> Vec<(String, String)> {
    let decoded = |part: &str| {
        let bytes = part.trim().as_bytes();
        let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
        while at < bytes.len() {
            let hex = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
            match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
                Some(byte) => (out.push(byte), at += 3).1,
                None => (out.push(bytes[at]), at += 1).1,
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (decoded(key), decoded(value)));
    text.split(',').filter_map(pair).filter(|(key, _)| !key.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: &[(&str, &str)]) -> Result<Option<Settings>> {
        Settings::read(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn nothing_goes_anywhere_unless_a_collector_is_named() {
        assert!(read(&[]).unwrap().is_none());
        assert!(read(&[("OTEL_SERVICE_NAME", "pult")]).unwrap().is_none());
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/");
        assert!(read(&[endpoint, ("OTEL_SDK_DISABLED", "true")]).unwrap().is_none());
        let settings = read(&[endpoint]).unwrap().unwrap();
        assert_eq!(settings.endpoint, "http://127.0.0.1:4318/v1/traces");
        assert!(settings.resource.contains(&("service.name".into(), "pult".into())));
        assert!(settings.keeps(TraceId([255; 16])));
    }

    #[test]
    fn what_is_said_of_traces_goes_first_and_nonsense_is_refused() {
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        let settings = read(&[
            endpoint,
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://traces.example/in"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20secret,x-team=north"),
            ("OTEL_RESOURCE_ATTRIBUTES", "service.name=other,deployment.environment.name=production"),
            ("OTEL_SERVICE_NAME", "пульт"),
            ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0.5"),
        ]);
        let settings = settings.unwrap().unwrap();
        assert_eq!(settings.endpoint, "https://traces.example/in");
        assert_eq!(settings.headers[0].1, "Bearer secret");
        assert!(!format!("{settings:?}").contains("secret"));
        let names: Vec<_> = settings.resource.iter().filter(|(key, _)| key == "service.name").collect();
        assert_eq!(names, [&("service.name".to_owned(), "пульт".to_owned())]);
        assert!(settings.keeps(TraceId([0; 16])) && !settings.keeps(TraceId([255; 16])));
        for (name, value) in [
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "soon"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "с пробелом=1"),
            ("OTEL_TRACES_SAMPLER", "jaeger_remote"),
        ] {
            let why = read(&[endpoint, (name, value)]).unwrap_err().to_string();
            assert!(why.contains(name), "{why}");
        }
        assert!(read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]).is_err());
    }
}
