//! Tables as comma-separated values, after RFC 4180.

use csv::{Terminator, Writer, WriterBuilder};

/// A table of comma-separated values in memory; writing to it cannot fail.
#[derive(Debug)]
pub(crate) struct Csv(Writer<Vec<u8>>);

impl Default for Csv {
    fn default() -> Self {
        Self(WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(Vec::new()))
    }
}

impl Csv {
    /// Begins a table with a row of headings.
    pub(crate) fn new<'c>(columns: impl IntoIterator<Item = &'c str>) -> Self {
        let mut csv = Self::default();
        columns.into_iter().for_each(|column| csv.field(column));
        csv.end();
        csv
    }

    pub(crate) fn field(&mut self, text: &str) {
        let _ = self.0.write_field(text);
    }

    pub(crate) fn end(&mut self) {
        let _ = self.0.write_record(None::<&[u8]>);
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let mut csv = Csv::new(["a", "b"]);
        for field in ["1", "x,\"y\"", "多\n行", "a\rb", " ", ""] {
            csv.field(field);
        }
        csv.end();
        let text = String::from_utf8(csv.into_bytes()).unwrap();
        assert_eq!(text, "a,b\r\n1,\"x,\"\"y\"\"\",\"多\n行\",\"a\rb\", ,\r\n");
    }
}
