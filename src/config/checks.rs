//! `[check]`: the severity of each check, for the site and for folders.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::base::data::{Entry, Faults, Fields, did_you_mean, mark};
use crate::base::diagnostic::{Diagnostic, Message, Severity};

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

pub(super) fn read(mut fields: Fields<'_, '_>, checks: &[&str]) -> CheckConfig {
    let reader = Reader { checks };
    let fail_on = fail_on(&mut fields);
    let site = reader.settings(&mut fields);
    let mut folders: Vec<Folder> = Vec::new();
    for item in fields.list("folder") {
        if let Some(entries) = item.entries() {
            folders.extend(reader.folder(entries, item.span.start, fields.faults));
        } else {
            let fault = Diagnostic::error("wrong-type").arg("key", "folder").arg("expected", "mapping");
            fields.faults.add(fault.arg("found", item.kind_name()), item.span.clone());
        }
    }
    fields.finish();
    CheckConfig { fail_on: fail_on.unwrap_or(CheckConfig::default().fail_on), site, folders }
}

/// Reads the settings of the checks that are known.
struct Reader<'a> {
    checks: &'a [&'a str],
}

impl Reader<'_> {
    fn settings(&self, fields: &mut Fields<'_, '_>) -> Settings {
        let mut levels = Vec::new();
        for entry in fields.map("severity").unwrap_or_default() {
            let is_known = self.checks.contains(&&*entry.key);
            if !is_known {
                fields.faults.add(self.unknown_check(entry), entry.key_span.clone());
            }
            match entry.value.scalar() {
                None => fields.faults.wrong_type(entry, "text"),
                Some(name) => match CheckLevel::from_name(name) {
                    None => fields.faults.add(not_one_of(entry, name, CheckLevel::NAMES), mark(entry)),
                    Some(level) if is_known => levels.push((entry.key.clone(), level)),
                    Some(_) => {}
                },
            }
        }
        Settings { levels, jump_factor: jump_factor(fields) }
    }

    fn folder(&self, entries: &[Entry], start: usize, faults: &mut Faults) -> Option<Folder> {
        let mut fields = Fields::new(entries, faults);
        let entry = fields.entry("path");
        let path = fields.text("path");
        let settings = self.settings(&mut fields);
        fields.finish();
        let Some(entry) = entry else {
            let span = entries.first().map_or(start..start, |first| first.key_span.clone());
            faults.add(Diagnostic::error("missing-key").arg("key", "path"), span);
            return None;
        };
        let path = path?;
        let inner = path.trim_matches('/');
        let inner = inner.strip_prefix("content").filter(|rest| rest.starts_with('/')).unwrap_or(inner);
        let inner = inner.trim_start_matches('/');
        let is_plain = |segment: &str| !matches!(segment, "" | "." | "..") && !segment.contains('\\');
        if !inner.split('/').all(is_plain) {
            faults.add(Diagnostic::error("bad-folder").arg("found", path), mark(entry));
            return None;
        }
        Some(Folder { path: format!("content/{inner}").into(), span: mark(entry), settings })
    }

    fn unknown_check(&self, entry: &Entry) -> Diagnostic {
        let known = || Message::new("help-known-checks").arg("names", self.checks.join(", "));
        let near = did_you_mean(&entry.key, self.checks.iter().copied());
        Diagnostic::error("unknown-check").arg("found", &*entry.key).help(near.unwrap_or_else(known))
    }
}

fn fail_on(fields: &mut Fields<'_, '_>) -> Option<FailOn> {
    let entry = fields.entry("fail_on")?;
    let name = fields.text("fail_on")?;
    let found = FailOn::from_name(name);
    if found.is_none() {
        fields.faults.add(not_one_of(entry, name, FailOn::NAMES), mark(entry));
    }
    found
}

fn jump_factor(fields: &mut Fields<'_, '_>) -> Option<Decimal> {
    let entry = fields.entry("jump_factor")?;
    let text = fields.text("jump_factor")?;
    match text.parse::<Decimal>() {
        Ok(factor) if factor > Decimal::ONE => Some(factor),
        _ => {
            fields.faults.add(Diagnostic::error("bad-jump-factor").arg("found", text), mark(entry));
            None
        }
    }
}

fn not_one_of(entry: &Entry, found: &str, choices: [&str; 4]) -> Diagnostic {
    let fault = Diagnostic::error("not-one-of").arg("key", &*entry.key).arg("found", found);
    let mut fault = fault.arg("known", choices.join(", "));
    fault.help.extend(did_you_mean(found, choices));
    fault
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
