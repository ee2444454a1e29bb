//! `[check]`: the severity of each check, for the site and for folders.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::base::data::{Entry, Fields, mark, nearest};
use crate::base::diagnostic::{At, Diagnostic, Message, Severity};
use crate::base::source::FilePath;

/// The usual factor by which a figure must change in one year to be noted.
const JUMP_FACTOR: Decimal = Decimal::TEN;

/// How a check's findings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckLevel {
    /// The check is not run.
    Off,
    /// Its findings have this severity.
    As(Severity),
}

impl CheckLevel {
    /// The names a setting may have.
    pub const NAMES: [&'static str; 4] = ["error", "warning", "note", "off"];

    /// Returns the level of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "off" { Some(Self::Off) } else { Severity::from_name(name).map(Self::As) }
    }
}

/// The severity from which on findings make `glasshouse check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Findings of this severity or a worse one.
    At(Severity),
    /// Findings never do. Content that cannot be published still fails.
    Never,
}

impl FailOn {
    /// The names a setting may have.
    pub const NAMES: [&'static str; 4] = ["error", "warning", "note", "never"];

    /// Returns the threshold of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "never" { Some(Self::Never) } else { Severity::from_name(name).map(Self::At) }
    }

    /// Whether something of this severity is a failure.
    pub fn includes(self, severity: Severity) -> bool {
        match self {
            Self::At(least) => severity >= least,
            Self::Never => false,
        }
    }
}

/// The settings of the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckConfig {
    /// The findings that make a run fail.
    pub fail_on: FailOn,
    site: Settings,
    /// The innermost folder around a file wins.
    folders: Vec<Folder>,
}

/// The settings of the site as a whole, or of one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Settings {
    levels: Vec<(Box<str>, CheckLevel)>,
    jump_factor: Option<Decimal>,
}

/// The settings of one folder of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Folder {
    path: Box<str>,
    /// The path in the settings.
    span: Range<usize>,
    settings: Settings,
}

impl Default for CheckConfig {
    fn default() -> Self {
        Self { fail_on: FailOn::At(Severity::Error), site: Settings::default(), folders: Vec::new() }
    }
}

impl CheckConfig {
    /// Returns the severity of a check's findings in a file: `usual` if nothing is set, `None` if the check is
    /// off.
    pub fn severity(&self, check: &str, file: &str, usual: Severity) -> Option<Severity> {
        let level = self.find(file, |settings| {
            settings.levels.iter().find(|(name, _)| &**name == check).map(|(_, level)| *level)
        });
        match level {
            Some(CheckLevel::Off) => None,
            Some(CheckLevel::As(severity)) => Some(severity),
            None => Some(usual),
        }
    }

    /// Returns the factor by which a figure in a file must change in one year to be noted.
    pub fn jump_factor(&self, file: &str) -> Decimal {
        self.find(file, |settings| settings.jump_factor).unwrap_or(JUMP_FACTOR)
    }

    /// Returns the folders with settings of their own, as `content/zhejiang`, and where the settings name them.
    pub fn folders(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.folders.iter().map(|folder| (&*folder.path, folder.span.clone()))
    }

    /// Returns a setting of the innermost folder around a file that has it, else of the site.
    fn find<T>(&self, file: &str, setting: impl Fn(&Settings) -> Option<T>) -> Option<T> {
        let around = self.folders.iter().filter(|folder| contains(&folder.path, file));
        around
            .filter_map(|folder| Some((folder.path.len(), setting(&folder.settings)?)))
            .max_by_key(|(depth, _)| *depth)
            .map(|(_, value)| value)
            .or_else(|| setting(&self.site))
    }
}

/// Whether a path is that of a folder, or lies in it.
pub fn contains(folder: &str, file: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Reads the `[check]` table.
pub(super) fn read(
    file: &FilePath,
    entries: &[Entry],
    checks: &[&str],
    faults: &mut Vec<Diagnostic>,
) -> CheckConfig {
    let reader = Reader { file, checks };
    let mut fields = Fields::new(file, entries);
    let fail_on = reader.fail_on(&mut fields, faults);
    let site = reader.settings(&mut fields, faults);
    let mut folders: Vec<Folder> = Vec::new();
    for item in fields.list("folder", faults) {
        if let Some(entries) = item.entries() {
            folders.extend(reader.folder(entries, item.span.start, faults));
        } else {
            let fault = Diagnostic::error("wrong-type").arg("key", "folder").arg("expected", "mapping");
            let fault = fault.arg("found", item.kind_name());
            faults.push(fault.at(file, At::Span(item.span.clone())));
        }
    }
    fields.finish(faults);
    CheckConfig { fail_on: fail_on.unwrap_or(CheckConfig::default().fail_on), site, folders }
}

struct Reader<'a> {
    file: &'a FilePath,
    checks: &'a [&'a str],
}

impl Reader<'_> {
    fn fail_on(&self, fields: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Option<FailOn> {
        let entry = fields.entry("fail_on")?;
        let name = fields.text("fail_on", faults)?;
        let found = FailOn::from_name(name);
        if found.is_none() {
            faults.push(self.not_one_of(entry, name, FailOn::NAMES));
        }
        found
    }

    fn settings(&self, fields: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Settings {
        let mut levels = Vec::new();
        for entry in fields.map("severity", faults).unwrap_or_default() {
            let is_known = self.checks.contains(&&*entry.key);
            if !is_known {
                faults.push(self.unknown_check(entry));
            }
            match entry.value.scalar() {
                None => faults.push(fields.wrong_type(entry, "text")),
                Some(name) => match CheckLevel::from_name(name) {
                    None => faults.push(self.not_one_of(entry, name, CheckLevel::NAMES)),
                    Some(level) if is_known => levels.push((entry.key.clone(), level)),
                    Some(_) => {}
                },
            }
        }
        Settings { levels, jump_factor: self.jump_factor(fields, faults) }
    }

    fn jump_factor(&self, fields: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Option<Decimal> {
        let entry = fields.entry("jump_factor")?;
        let text = fields.text("jump_factor", faults)?;
        match text.parse::<Decimal>() {
            Ok(factor) if factor > Decimal::ONE => Some(factor),
            _ => {
                let fault = Diagnostic::error("bad-jump-factor").arg("found", text);
                faults.push(fault.at(self.file, At::Span(mark(entry))));
                None
            }
        }
    }

    fn folder(&self, entries: &[Entry], start: usize, faults: &mut Vec<Diagnostic>) -> Option<Folder> {
        let mut fields = Fields::new(self.file, entries);
        let entry = fields.entry("path");
        let path = fields.text("path", faults);
        let settings = self.settings(&mut fields, faults);
        fields.finish(faults);
        let Some(entry) = entry else {
            let span = entries.first().map_or(start..start, |first| first.key_span.clone());
            faults.push(Diagnostic::error("missing-key").arg("key", "path").at(self.file, At::Span(span)));
            return None;
        };
        let path = path?;
        let inner = path.trim_matches('/');
        let inner = inner.strip_prefix("content").filter(|rest| rest.starts_with('/')).unwrap_or(inner);
        let inner = inner.trim_start_matches('/');
        let is_plain = |segment: &str| !matches!(segment, "" | "." | "..") && !segment.contains('\\');
        if !inner.split('/').all(is_plain) {
            let fault = Diagnostic::error("bad-folder").arg("found", path);
            faults.push(fault.at(self.file, At::Span(mark(entry))));
            return None;
        }
        Some(Folder { path: format!("content/{inner}").into(), span: mark(entry), settings })
    }

    fn unknown_check(&self, entry: &Entry) -> Diagnostic {
        let fault = Diagnostic::error("unknown-check")
            .arg("found", &*entry.key)
            .at(self.file, At::Span(entry.key_span.clone()));
        fault.help(match nearest(&entry.key, self.checks.iter().copied()) {
            Some(near) => Message::new("help-did-you-mean").arg("name", near),
            None => Message::new("help-known-checks").arg("names", self.checks.join(", ")),
        })
    }

    fn not_one_of(&self, entry: &Entry, found: &str, choices: [&str; 4]) -> Diagnostic {
        let fault = Diagnostic::error("not-one-of")
            .arg("key", &*entry.key)
            .arg("found", found)
            .arg("known", choices.join(", "))
            .at(self.file, At::Span(mark(entry)));
        match nearest(found, choices) {
            Some(near) => fault.help(Message::new("help-did-you-mean").arg("name", near)),
            None => fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_include_what_is_worse() {
        assert!(FailOn::At(Severity::Warning).includes(Severity::Error));
        assert!(!FailOn::At(Severity::Warning).includes(Severity::Note));
        assert!(!FailOn::Never.includes(Severity::Error));
    }

    #[test]
    fn a_folder_holds_itself_and_what_is_in_it() {
        assert!(contains("content/a", "content/a/2012.md"));
        assert!(contains("content/a/2012.md", "content/a/2012.md"));
        assert!(!contains("content/a", "content/ab/2012.md"));
    }
}
