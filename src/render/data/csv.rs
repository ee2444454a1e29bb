//! Comma-separated values.

/// A table of comma-separated values after RFC 4180.
pub(super) struct Csv(pub(super) String);

impl Csv {
    pub(super) fn new(columns: &[(&str, &str)]) -> Self {
        let mut csv = Self(String::new());
        for (column, _) in columns {
            csv.field(column);
        }
        csv.end();
        csv
    }

    pub(super) fn field(&mut self, text: &str) {
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

    pub(super) fn end(&mut self) {
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let mut csv = Csv::new(&[("a", ""), ("b", "")]);
        for field in ["", "x,\"y\"", "多\n行", ""] {
            csv.field(field);
        }
        csv.end();
        assert_eq!(csv.0, "a,b\r\n\"\",\"x,\"\"y\"\"\",\"多\n行\",\r\n");
    }
}
