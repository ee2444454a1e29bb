//! What may be typed: commands, options and their help. [`super::options`] makes of it what runs.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::config::{BaseUrl, FailOn};

use super::report;

/// Turns a folder of disclosure reports into a transparency portal of plain files
#[derive(Debug, Parser)]
#[command(
    name = "glasshouse",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done; 1 findings, or content that cannot be published; 2 wrong usage or \
                  settings; 3 a file that cannot be read or written.\n\n\
                  Examples:\n  \
                  glasshouse build\n  \
                  glasshouse check content/zhejiang\n  \
                  glasshouse forms gb-2021"
)]
pub(crate) struct Typed {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) global: Global,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Say nothing but what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Show the phases and the time each took
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// When to use colours; `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// The language of messages; by default that of the system
    #[arg(long, global = true, value_name = "LANG", value_parser = PossibleValuesParser::new(["zh-CN", "en"]))]
    pub(crate) lang: Option<String>,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the portal
    #[command(after_help = "Examples:\n  \
        glasshouse build\n  \
        glasshouse build --site ../portal --output /srv/www/portal\n  \
        glasshouse build --base-url https://example.org/portal/ --drafts")]
    Build(Build),
    /// Check the reports: files, figures, sums, deadlines
    #[command(after_help = "Examples:\n  \
        glasshouse check\n  \
        glasshouse check content/zhejiang content/shanghai --fail-on warning\n  \
        glasshouse check --only sum-mismatch\n  \
        glasshouse check --explain part-exceeds-whole\n  \
        glasshouse check --format sarif > glasshouse.sarif")]
    Check(Check),
    /// List the forms, or show one with its codes
    #[command(after_help = "Examples:\n  \
        glasshouse forms\n  \
        glasshouse forms gb-2021\n  \
        glasshouse forms zj-2012 --format json\n  \
        glasshouse forms --format schema > report.schema.json")]
    Forms(Forms),
    /// List the reports
    #[command(after_help = "Examples:\n  \
        glasshouse list\n  \
        glasshouse list --format json")]
    List(List),
    /// Write a completion script for a shell
    #[command(after_help = "Examples:\n  \
        glasshouse completions bash > ~/.local/share/bash-completion/completions/glasshouse\n  \
        glasshouse completions fish > ~/.config/fish/completions/glasshouse.fish")]
    Completions(Completions),
    /// Write the manual page
    #[command(after_help = "Examples:\n  \
        glasshouse man > glasshouse.1\n  \
        glasshouse man | man -l -")]
    Man,
}

/// Where the site is.
#[derive(Debug, Args)]
pub(crate) struct SiteArg {
    /// The site's folder, with its site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) site: PathBuf,
}

/// `build`.
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// The folder to publish to, instead of the one in site.toml
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Where the portal will be reached, instead of the one in site.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<BaseUrl>,
    /// Publish drafts too
    #[arg(long)]
    pub(crate) drafts: bool,
    /// How many threads to use, instead of one a core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256).map(usize::from))]
    pub(crate) jobs: Option<usize>,
    /// How to say what was done
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: BuildFormat,
}

/// How a build says what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BuildFormat {
    /// In two lines
    Human,
    /// As one JSON object
    Json,
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .map_err(|error| format!("not an address such as https://example.org/portal/: {error}"))
}

/// `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files and folders to report on; everything is still checked against everything
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// How to write what is found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: report::Format,
    /// From which severity on to end with code 1, instead of the one in site.toml
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on())]
    pub(crate) fail_on: Option<FailOn>,
    /// Report only this check; may be given several times
    #[arg(long, value_name = "CHECK")]
    pub(crate) only: Vec<String>,
    /// Explain a check and end
    #[arg(long, value_name = "CHECK", conflicts_with_all = ["paths", "fail_on", "only"])]
    pub(crate) explain: Option<String>,
}

fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::NAMES)
        .try_map(|name| FailOn::from_name(&name).ok_or_else(|| format!("there is no severity {name}")))
}

/// `forms`.
#[derive(Debug, Args)]
pub(crate) struct Forms {
    /// The form to show
    pub(crate) id: Option<String>,
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: FormFormat,
}

/// How forms are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormFormat {
    /// As it is printed, with the codes
    Table,
    /// As JSON
    Json,
    /// As a JSON Schema for the front matter of reports, for editors
    Schema,
}

/// `list`.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ListFormat,
}

/// How lists are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Lines for people
    Table,
    /// JSON for scripts
    Json,
}

/// `completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Typed::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        for command in Typed::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let example = format!("glasshouse {}", command.get_name());
            assert!(help.contains(&example), "{} has no example", command.get_name());
        }
    }

    #[test]
    fn every_example_can_be_typed() {
        let mut checked = 0;
        for command in Typed::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in help.lines().filter(|line| line.trim().starts_with("glasshouse ")) {
                let words = line.split_whitespace().take_while(|word| !matches!(*word, ">" | "|"));
                Typed::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
                checked += 1;
            }
        }
        assert!(checked >= 10);
    }

    #[test]
    fn wrong_values_are_refused() {
        for words in [
            "glasshouse build --base-url example.org",
            "glasshouse build --jobs 0",
            "glasshouse check --fail-on sometimes",
            "glasshouse check --format xml",
            "glasshouse check --explain jump --only jump",
            "glasshouse list --quiet --verbose",
            "glasshouse bulid",
        ] {
            assert!(Typed::try_parse_from(words.split(' ')).is_err(), "{words} was taken");
        }
    }
}
