//! What is answered to a request, apart from any connection.

use std::borrow::Cow;

use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Response, StatusCode};

use crate::base::artifact::MediaType;

use super::range::{self, Part};

/// As strict as a static host may be; the preview's own files are of the same origin.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
                      img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// An answer that is whole, before parts of it are taken.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// How it went.
    pub(super) status: StatusCode,
    /// The media type.
    pub(super) media: Cow<'static, str>,
    /// The file, or what there is to say.
    pub(super) bytes: Bytes,
    /// A header of this kind of answer.
    extra: Option<(HeaderName, HeaderValue)>,
}

impl Answer {
    /// A file.
    pub(super) fn file(media: MediaType, bytes: Bytes) -> Self {
        Self { status: StatusCode::OK, media: media.content_type().into(), bytes, extra: None }
    }

    /// A sentence for people who look at the protocol.
    pub(super) fn plain(status: StatusCode, text: &'static str) -> Self {
        let bytes = Bytes::from_static(text.as_bytes());
        Self { status, media: "text/plain; charset=utf-8".into(), bytes, extra: None }
    }

    /// The page is elsewhere; nowhere where the address cannot stand in a header.
    pub(super) fn moved(to: &str) -> Self {
        match HeaderValue::from_str(to) {
            Ok(to) => Self {
                extra: Some((header::LOCATION, to)),
                ..Self::plain(StatusCode::TEMPORARY_REDIRECT, "moved\n")
            },
            Err(_) => Self::plain(StatusCode::NOT_FOUND, "not found\n"),
        }
    }

    /// The method is none of those that are answered.
    pub(super) fn method_refused() -> Self {
        let allow = HeaderValue::from_static("GET, HEAD");
        Self {
            extra: Some((header::ALLOW, allow)),
            ..Self::plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n")
        }
    }

    /// The same with another status.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The answer to a method and a `Range` header.
    pub(super) fn response(self, method: &Method, range: Option<&str>) -> Response<Bytes> {
        let len = self.bytes.len();
        let is_file = self.status == StatusCode::OK;
        let part = if is_file && method == Method::GET { range::part(range, len) } else { Part::Whole };
        let (status, bytes, content_range) = match part {
            Part::Whole => (self.status, self.bytes, None),
            Part::Bytes(range) => {
                let shown = format!("bytes {}-{}/{len}", range.start, range.end.saturating_sub(1));
                (StatusCode::PARTIAL_CONTENT, self.bytes.slice(range), Some(shown))
            }
            Part::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{len}"))),
        };
        let mut response = Response::new(bytes);
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.extend(self.extra);
        if let Ok(media) = HeaderValue::from_str(&self.media) {
            headers.insert(header::CONTENT_TYPE, media);
        }
        if let Some(range) = content_range.and_then(|range| HeaderValue::from_str(&range).ok()) {
            headers.insert(header::CONTENT_RANGE, range);
        }
        if is_file {
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        for (name, value) in COMMON {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// The headers of every answer.
pub(super) const COMMON: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Answer {
        Answer::file(MediaType::of("a.csv"), Bytes::from_static(b"0123456789"))
    }

    fn header<'r>(response: &'r Response<Bytes>, name: &str) -> &'r str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn a_part_of_a_file_says_which() {
        let part = file().response(&Method::GET, Some("bytes=2-4"));
        assert_eq!((part.status(), &part.body()[..]), (StatusCode::PARTIAL_CONTENT, &b"234"[..]));
        assert_eq!(header(&part, "content-range"), "bytes 2-4/10");
        let beyond = file().response(&Method::GET, Some("bytes=10-"));
        assert_eq!((beyond.status(), beyond.body().len()), (StatusCode::RANGE_NOT_SATISFIABLE, 0));
        assert_eq!(header(&beyond, "content-range"), "bytes */10");
    }

    #[test]
    fn only_a_file_has_parts() {
        let missing = file().with_status(StatusCode::NOT_FOUND).response(&Method::GET, Some("bytes=2-4"));
        assert_eq!((missing.status(), missing.body().len()), (StatusCode::NOT_FOUND, 10));
        let head = file().response(&Method::HEAD, Some("bytes=2-4"));
        assert_eq!((head.status(), header(&head, "accept-ranges")), (StatusCode::OK, "bytes"));
    }

    #[test]
    fn nothing_is_kept_by_browsers_and_nothing_runs_but_files() {
        let response = file().response(&Method::GET, None);
        assert_eq!(header(&response, "cache-control"), "no-store");
        assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8");
        assert!(!header(&response, "content-security-policy").contains("unsafe-inline"));
    }

    #[test]
    fn an_address_that_would_break_a_header_leads_nowhere() {
        assert_eq!(Answer::moved("/a/\r\nx: y").response(&Method::GET, None).status(), StatusCode::NOT_FOUND);
        let moved = Answer::moved("/a/").response(&Method::GET, None);
        assert_eq!((moved.status(), header(&moved, "location")), (StatusCode::TEMPORARY_REDIRECT, "/a/"));
    }
}
