//! Diagnostics: what is wrong with a site, as data: a code, a severity, a message with arguments, places.
//!
//! A diagnostic knows nothing of languages and terminals. Its words stand in the theme's
//! `strings/LANG/diagnostics.ftl` under the message's id; the command line, the preview and the
//! pages each render the same value.

use std::ops::Range;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::base::source::FilePath;
use crate::base::text::Localized;

/// How bad it is. Errors fail a build and cannot be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; often right as it is.
    Note,
    /// Probably a mistake, by the author or in the source.
    Warning,
    /// Cannot be published as it is.
    Error,
}

impl Severity {
    /// Returns the name used in configuration and machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Returns the severity of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|severity| severity.name() == name)
    }
}

/// A sentence in any language: the id of a string and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The id in the string files; kebab-case.
    pub id: &'static str,
    /// Named arguments, in the order they were given.
    pub args: Vec<(&'static str, Arg)>,
}

/// An argument of a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A text that is not translated: a code, a path, what was found.
    Text(Box<str>),
    /// A label that has its own translations.
    Label(Localized),
    /// An exact number, formatted for the reader's language.
    Number(Decimal),
}

impl Message {
    /// A message without arguments.
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Localized> for Arg {
    fn from(label: Localized) -> Self {
        Self::Label(label)
    }
}

impl From<Decimal> for Arg {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(Decimal::from(number))
    }
}

/// A step into YAML or TOML data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key of a mapping.
    Key(Box<str>),
    /// An item of a sequence, from 0.
    Index(usize),
    /// A cell of a table row: a key where the row is a mapping, an item where it is a sequence.
    Column(Box<str>, usize),
}

/// The path to a value in a file's data: `statistics`, then `proactive_web`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataPath(pub Vec<Step>);

impl DataPath {
    /// Returns a path of keys.
    pub fn keys(keys: &[&str]) -> Self {
        Self(keys.iter().map(|key| Step::Key((*key).into())).collect())
    }

    /// Returns the path one key deeper.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// Returns the path one item deeper.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }
}

/// A location in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The file as a whole.
    File,
    /// A range of bytes.
    Span(Range<usize>),
    /// A line and a column.
    Position(crate::base::source::Position),
    /// The key at the end of a path through the file's data; found by reading it again.
    Key(DataPath),
    /// The value at the end of such a path.
    Value(DataPath),
}

impl From<Range<usize>> for At {
    fn from(span: Range<usize>) -> Self {
        Self::Span(span)
    }
}

/// A place in a file that a diagnostic points at, with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: FilePath,
    /// The location in it.
    pub at: At,
    /// What to see there.
    pub label: Option<Message>,
}

/// Something wrong, or worth knowing, about the site's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable name, in kebab-case: `yaml-syntax`, `part-exceeds-whole`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// The places; the first is the one to look at.
    pub places: Vec<Place>,
    /// What the author can do.
    pub help: Vec<Message>,
}

impl Diagnostic {
    /// A diagnostic whose message has the id of its code.
    pub fn new(severity: Severity, code: &'static str) -> Self {
        Self { code, severity, message: Message::new(code), places: Vec::new(), help: Vec::new() }
    }

    /// An error.
    pub fn error(code: &'static str) -> Self {
        Self::new(Severity::Error, code)
    }

    /// A warning.
    pub fn warning(code: &'static str) -> Self {
        Self::new(Severity::Warning, code)
    }

    /// A note.
    pub fn note(code: &'static str) -> Self {
        Self::new(Severity::Note, code)
    }

    /// Adds an argument to the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.message.args.push((name, value.into()));
        self
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, file: &FilePath, at: At) -> Self {
        self.places.push(Place { file: file.clone(), at, label: None });
        self
    }

    /// Adds a place with a label.
    #[must_use]
    pub fn labelled(mut self, file: &FilePath, at: At, label: Message) -> Self {
        self.places.push(Place { file: file.clone(), at, label: Some(label) });
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help.push(help);
        self
    }
}
/// How many findings there are of each severity; those that an editor has explained are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCounts {
    /// Open errors.
    pub errors: usize,
    /// Open warnings.
    pub warnings: usize,
    /// Open notes.
    pub notes: usize,
    /// Explained findings of any severity.
    pub accepted: usize,
}

impl FindingCounts {
    /// Counts findings, each given as its severity and whether it is explained.
    pub fn of(findings: impl IntoIterator<Item = (Severity, bool)>) -> Self {
        let mut counts = Self::default();
        for (severity, is_accepted) in findings {
            *match severity {
                _ if is_accepted => &mut counts.accepted,
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Note => &mut counts.notes,
            } += 1;
        }
        counts
    }

    /// Returns the number of findings that are not explained.
    pub fn open(self) -> usize {
        self.errors + self.warnings + self.notes
    }
}
