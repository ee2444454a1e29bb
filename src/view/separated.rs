//! Tables as comma-separated values.

/// A table of comma-separated values after RFC 4180.
#[derive(Debug, Default)]
pub(crate) struct Csv(String);

impl Csv {
    /// A table with a first line of headings.
    pub(crate) fn new<'c>(columns: impl IntoIterator<Item = &'c str>) -> Self {
        let mut csv = Self::default();
        columns.into_iter().for_each(|column| csv.field(column));
        csv.end();
        csv
    }

    /// Writes a field of the line.
    pub(crate) fn field(&mut self, text: &str) {
        if !self.0.is_empty() && !self.0.ends_with('\n') {
            self.0.push(',');
        } else if text.is_empty() {
            // An empty first field would leave no trace of itself.
            self.0.push_str("\"\"");
            return;
        }
        if text.contains([',', '"', '\n', '\r']) {
            self.0.push('"');
            self.0.push_str(&text.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(text);
        }
    }

    /// Ends the line.
    pub(crate) fn end(&mut self) {
        self.0.push_str("\r\n");
    }

    /// The bytes of the file.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let mut csv = Csv::new(["a", "b"]);
        for field in ["", "x,\"y\"", "多\n行", ""] {
            csv.field(field);
        }
        csv.end();
        assert_eq!(csv.0, "a,b\r\n\"\",\"x,\"\"y\"\"\",\"多\n行\",\r\n");
    }
}
