//! Builds the responses, apart from any connection.

use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use crate::base::artifact::MediaType;

/// As strict as a static host may be: everything comes from the same origin.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
                      img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The headers of every response.
const COMMON: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Returns a response with the headers that all have in common.
pub(super) fn with_body<B>(status: StatusCode, content_type: &'static str, body: B) -> Response<B> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in COMMON.into_iter().chain([(header::CONTENT_TYPE, content_type)]) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Returns a file.
pub(super) fn file(status: StatusCode, media: MediaType, bytes: Bytes) -> Response<Bytes> {
    with_body(status, media.content_type(), bytes)
}

/// Returns a line of plain text.
pub(super) fn text(status: StatusCode, text: &'static str) -> Response<Bytes> {
    with_body(status, "text/plain; charset=utf-8", Bytes::from_static(text.as_bytes()))
}

pub(super) fn not_found() -> Response<Bytes> {
    text(StatusCode::NOT_FOUND, "not found\n")
}

/// Redirects to another address; "not found" where that cannot stand in a header.
pub(super) fn redirect(to: &str) -> Response<Bytes> {
    let Ok(to) = HeaderValue::from_str(to) else { return not_found() };
    let mut response = text(StatusCode::TEMPORARY_REDIRECT, "moved\n");
    response.headers_mut().insert(header::LOCATION, to);
    response
}

pub(super) fn method_not_allowed() -> Response<Bytes> {
    let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header<'r>(response: &'r Response<Bytes>, name: &str) -> &'r str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn nothing_is_kept_by_browsers_and_nothing_runs_but_files() {
        let response = file(StatusCode::OK, MediaType::of("a.csv"), Bytes::from_static(b"0123456789"));
        assert_eq!((response.status(), &response.body()[..]), (StatusCode::OK, &b"0123456789"[..]));
        assert_eq!(header(&response, "cache-control"), "no-store");
        assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8");
        assert!(!header(&response, "content-security-policy").contains("unsafe-inline"));
    }

    #[test]
    fn an_address_that_would_break_a_header_leads_nowhere() {
        assert_eq!(redirect("/a/\r\nx: y").status(), StatusCode::NOT_FOUND);
        let moved = redirect("/a/");
        assert_eq!((moved.status(), header(&moved, "location")), (StatusCode::TEMPORARY_REDIRECT, "/a/"));
    }
}
