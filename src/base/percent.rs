//! Percent-encoding of addresses, after RFC 3986.

use std::borrow::Cow;
use std::fmt::Display;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode as encode,
};

/// All but unreserved characters.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All but what may stand in each segment of a relative path: no `:`, which could end a scheme.
const PATH: &AsciiSet = &COMPONENT
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// What may not stand in a header, or would not be part of the path.
const LOCATION: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'?').add(b'#');

/// A path of the site as the path of an address.
pub(crate) fn path(path: &str) -> impl Display {
    encode(path, PATH)
}

/// A path as an address of a repository's host spells it: everything but `/` is encoded.
pub(crate) fn segments(path: &str) -> impl Display {
    const SEGMENTS: &AsciiSet = &COMPONENT.remove(b'/');
    encode(path, SEGMENTS)
}

/// A key or value of a query.
pub(crate) fn component(text: &str) -> impl Display {
    encode(text, COMPONENT)
}

/// A path for a `Location` header.
pub(crate) fn location(path: &str) -> impl Display {
    encode(path, LOCATION)
}

/// Decodes a text. What is no code stays; so does the whole text where the bytes are not UTF-8.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Decodes the path of a request. `None` where a code is malformed or stands for `/`, or where the
/// bytes are not UTF-8.
pub(crate) fn request_path(path: &str) -> Option<Cow<'_, str>> {
    let is_code = |rest: &str| {
        let code = rest.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        code.is_some_and(|code| !code.eq_ignore_ascii_case("2f"))
    };
    path.split('%').skip(1).all(is_code).then(|| percent_decode_str(path).decode_utf8().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_decoded_where_they_are_text() {
        assert_eq!(decoded("%E6%94%BF%zz/a%2"), "政%zz/a%2");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%FF"), "%FF");
        assert_eq!(request_path("%E6%94%BF/a").as_deref(), Some("政/a"));
        for malformed in ["%zz", "a%2", "%", "%2F", "%2f", "%ff"] {
            assert_eq!(request_path(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn each_place_encodes_what_it_must() {
        let text = "县/a b%?#:[~]'\"@";
        assert_eq!(path(text).to_string(), "%E5%8E%BF/a%20b%25%3F%23%3A%5B~%5D'%22@");
        assert_eq!(segments(text).to_string(), "%E5%8E%BF/a%20b%25%3F%23%3A%5B~%5D%27%22%40");
        assert_eq!(component(text).to_string(), "%E5%8E%BF%2Fa%20b%25%3F%23%3A%5B~%5D%27%22%40");
        assert_eq!(location(text).to_string(), "%E5%8E%BF/a%20b%25%3F%23:[~]'\"@");
    }
}
