//! Stored fields: the texts about documents that results show without fetching the pages, a line each.
//!
//! Fields are separated by tabs. Each begins with a character that says how much of the field above
//! it shares, as a distance from the space; the rest follows.

use super::format::MAGIC;

/// The maximum number of UTF-16 units that a field shares with the one above.
const MAX_SHARED: usize = 90;
const BASE: u32 = 32;

/// Writes a file of lines of `N` fields.
pub(super) struct StoredFieldsWriter<const N: usize> {
    bytes: Vec<u8>,
    above: [String; N],
}

impl<const N: usize> StoredFieldsWriter<N> {
    /// Begins a file; `kind` is its second byte.
    pub(super) fn new(kind: u8) -> Self {
        Self { bytes: vec![MAGIC, kind], above: std::array::from_fn(|_| String::new()) }
    }

    pub(super) fn push(&mut self, fields: [&str; N]) {
        for (at, (field, above)) in fields.into_iter().zip(&mut self.above).enumerate() {
            let field = field.replace(char::is_control, " ");
            let (shared, rest) = split(&field, above);
            if at > 0 {
                self.bytes.push(b'\t');
            }
            self.bytes.push((BASE + shared as u32) as u8);
            self.bytes.extend(rest.bytes());
            *above = field;
        }
        self.bytes.push(b'\n');
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Returns how many UTF-16 units a field shares with the one above, and what follows them.
fn split<'f>(field: &'f str, above: &str) -> (usize, &'f str) {
    let (mut units, mut bytes) = (0, 0);
    for (c, other) in field.chars().zip(above.chars()) {
        if c != other || units + c.len_utf16() > MAX_SHARED {
            break;
        }
        units += c.len_utf16();
        bytes += c.len_utf8();
    }
    (units, field.get(bytes..).unwrap_or(""))
}

/// Reads the lines of a file; `text` is what follows its first two bytes.
pub(super) fn read_lines<const N: usize>(text: &str) -> Vec<[String; N]> {
    let mut lines: Vec<[String; N]> = Vec::new();
    for line in text.lines() {
        let above = lines.last();
        let mut parts = line.split('\t');
        let field = |at: usize| {
            let part = parts.next().unwrap_or(" ");
            let shared = part.chars().next().map_or(0, |c| u32::from(c).saturating_sub(BASE)) as usize;
            let above = above.and_then(|fields| fields.get(at)).map_or("", |field| &**field);
            let mut left = shared;
            let kept = above.chars().take_while(|c| {
                let keeps = left >= c.len_utf16();
                left = left.saturating_sub(c.len_utf16());
                keeps
            });
            kept.chain(part.chars().skip(1)).collect()
        };
        lines.push(std::array::from_fn(field));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_come_back(lines in prop::collection::vec(["[县区𠀀a ~]{0,4}", "[a-c]{0,120}"], 0..8)) {
            let mut writer = StoredFieldsWriter::new(0);
            for [a, b] in &lines {
                writer.push([a, b]);
            }
            let bytes = writer.into_bytes();
            prop_assert_eq!(read_lines::<2>(std::str::from_utf8(&bytes[2..]).unwrap()), lines);
        }
    }

    #[test]
    fn what_is_the_same_is_written_once() {
        let mut writer = StoredFieldsWriter::new(0);
        writer.push(["zhejiang/wenzhou/a/", "甲\t乙\n"]);
        writer.push(["zhejiang/wenzhou/b/", "甲 乙 "]);
        assert_eq!(&writer.into_bytes()[2..], " zhejiang/wenzhou/a/\t 甲 乙 \n1b/\t$\n".as_bytes());
    }
}
