//! Text encodings: from bytes to text.

use super::error::ReadError;

/// Decodes UTF-8, UTF-16 with a byte order mark, the encoding that an HTML page declares, or GB18030.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or(&[]));
        return if malformed { Err(ReadError::NotText) } else { plain_text(text.into_owned()) };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return plain_text(text.to_owned());
    }
    let named = named_encoding(bytes).filter(|encoding| *encoding != encoding_rs::UTF_8);
    for encoding in named.into_iter().chain([encoding_rs::GB18030]) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        if !malformed {
            return plain_text(text.into_owned());
        }
    }
    Err(ReadError::NotText)
}

fn plain_text(text: String) -> Result<String, ReadError> {
    if text.contains('\0') { Err(ReadError::NotText) } else { Ok(text) }
}

/// Returns the encoding that a page's `<meta>` declares; the HTML standard wants it within 1024 bytes.
fn named_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len()))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encodings_that_reports_use() {
        let text = "政府信息公开情况统计表\n";
        let (gbk, _, _) = encoding_rs::GB18030.encode(text);
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &gbk, &utf16, &marked] {
            assert_eq!(decode(bytes).unwrap(), text);
        }
        assert!(matches!(decode(b"\x00\x01\x02"), Err(ReadError::NotText)));
        assert!(matches!(decode(b"a\xff\xff\xff"), Err(ReadError::NotText)));
    }
}
