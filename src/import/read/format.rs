//! The file formats, as a name announces them and as the content shows them.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileFormat {
    Text,
    Html,
    Csv,
    Xlsx,
    Xls,
    Ods,
    Docx,
}

impl FileFormat {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
            Self::Docx => "DOCX",
        }
    }

    /// Returns the format that a file name announces; `None` if its extension is unknown.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "md" | "text" => Self::Text,
            "html" | "htm" | "shtml" | "xhtml" => Self::Html,
            "csv" | "tsv" | "tab" => Self::Csv,
            "xlsx" | "xlsm" => Self::Xlsx,
            "xls" => Self::Xls,
            "ods" => Self::Ods,
            "docx" | "docm" => Self::Docx,
            _ => return None,
        })
    }
}

/// Returns whether a text is an HTML page or a piece of one.
pub(super) fn looks_like_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2_048).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || ["<html", "<head", "<body", "<table", "<div", "<meta"].iter().any(|tag| head.contains(tag))
            && head.starts_with('<')
}
