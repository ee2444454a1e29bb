//! The options of every command, resolved from the arguments and the environment.

use anstream::ColorChoice;

use crate::base::text::Lang;
use crate::theme;

use super::args::{Color, GlobalArgs};

/// The variables that name the language of messages, in order of precedence (POSIX).
///
/// `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` are read by `anstream`.
const LANGUAGE_VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// How the program communicates.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) verbosity: Verbosity,
    pub(crate) color: ColorChoice,
    /// The language of messages.
    pub(crate) lang: Lang,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Only errors and warnings.
    Quiet,
    /// Also what was done.
    Normal,
    /// Also the phases and their times.
    Verbose,
}

impl Options {
    /// Resolves the options of every command; `variable` reads the environment.
    pub(crate) fn resolve(global: &GlobalArgs, variable: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            verbosity: match (global.quiet, global.verbose) {
                (true, _) => Verbosity::Quiet,
                (false, true) => Verbosity::Verbose,
                (false, false) => Verbosity::Normal,
            },
            color: match global.color {
                Color::Auto => ColorChoice::Auto,
                Color::Always => ColorChoice::AlwaysAnsi,
                Color::Never => ColorChoice::Never,
            },
            lang: global.lang.as_deref().map_or_else(|| system_language(variable), Lang::new),
        }
    }
}

/// Returns the program's language for the locale of the system.
fn system_language(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let locale = LANGUAGE_VARIABLES.into_iter().filter_map(variable).find(|value| !value.is_empty());
    let locale = locale.unwrap_or_default();
    theme::nearest_language(&Lang::new(locale.split(['_', '-', '.']).next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn global(lang: Option<&str>) -> GlobalArgs {
        GlobalArgs { quiet: false, verbose: false, color: Color::Auto, lang: lang.map(Into::into) }
    }

    #[test]
    fn the_language_is_the_one_asked_for_or_the_systems() {
        let resolve = |typed: Option<&str>, variables: &[(&str, &str)]| {
            let find = |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            Options::resolve(&global(typed), find).lang.tag().to_owned()
        };
        assert_eq!(resolve(None, &[]), "en");
        assert_eq!(resolve(None, &[("LANG", "zh_CN.UTF-8")]), "zh-CN");
        assert_eq!(resolve(None, &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]), "en");
        assert_eq!(resolve(None, &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")]), "zh-CN");
        assert_eq!(resolve(None, &[("LC_MESSAGES", "zh-Hant"), ("LANG", "en")]), "zh-CN");
        assert_eq!(resolve(None, &[("LANG", "zha")]), "en");
        assert_eq!(resolve(Some("zh-CN"), &[("LANG", "en_GB.UTF-8")]), "zh-CN");
    }
}
