//! The definition of the command line: commands, options and their help.

mod content;
mod read;
mod site;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::theme;

#[cfg(feature = "import")]
pub(crate) use content::{ImportArgs, ImportFormat};
pub(crate) use content::{InitArgs, NewAgencyArgs, NewArgs, NewReportArgs, NewWhat};
pub(crate) use read::{
    CompletionsArgs, DoctorArgs, FormFormat, FormsArgs, ListArgs, ListFormat, SearchArgs, SearchFormat,
};
pub(crate) use site::{BuildArgs, BuildFormat, CheckArgs, ServeArgs};

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
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
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
    #[arg(long, global = true, value_name = "LANG", value_parser = PossibleValuesParser::new(theme::language_tags()))]
    pub(crate) lang: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the portal
    #[command(after_help = "Examples:\n  \
        glasshouse build\n  \
        glasshouse build --site ../portal --output /srv/www/portal\n  \
        glasshouse build --base-url https://example.org/portal/ --drafts")]
    Build(BuildArgs),
    /// Check the reports: files, figures, sums, deadlines
    #[command(after_help = "Examples:\n  \
        glasshouse check\n  \
        glasshouse check content/zhejiang content/shanghai --fail-on warning\n  \
        glasshouse check --only sum-mismatch\n  \
        glasshouse check --explain part-exceeds-whole\n  \
        glasshouse check --format sarif > glasshouse.sarif")]
    Check(CheckArgs),
    /// Look for what works, but not as you may think
    ///
    /// Settings that do not exist; files that lie over the theme's, and whether the shipped ones have
    /// changed since; templates and strings that nothing uses; drafts; content that no link reaches.
    #[command(after_help = "Examples:\n  \
        glasshouse doctor\n  \
        glasshouse doctor --site ../portal --fail-on warning\n  \
        glasshouse doctor --format json")]
    Doctor(DoctorArgs),
    /// List the forms, or show one with its codes
    #[command(after_help = "Examples:\n  \
        glasshouse forms\n  \
        glasshouse forms gb-2021\n  \
        glasshouse forms zj-2012 --format json\n  \
        glasshouse forms --format schema > report.schema.json")]
    Forms(FormsArgs),
    /// Import figures from web pages, Word documents, spreadsheets and text
    ///
    /// Form, agency and period are recognised where the documents say them. Documents of one agency
    /// and period are joined. What became of every row is reported; nothing is guessed, and a report
    /// that is there is not changed unless you say so.
    #[cfg(feature = "import")]
    #[command(after_help = "Examples:\n  \
        glasshouse import report.html\n  \
        glasshouse import table.xlsx --form gb-2021 --agency zhejiang/wenzhou/cangnan --period 2024\n  \
        glasshouse import us-foia/2018 --folder us --dry-run\n  \
        glasshouse import corrected.docx --revise 更正")]
    Import(ImportArgs),
    /// Make a new site, with an example to begin from
    #[command(after_help = "Examples:\n  \
        glasshouse init portal\n  \
        glasshouse init portal --lang zh-CN\n  \
        glasshouse init portal --theme county --copy templates/report.html")]
    Init(InitArgs),
    /// List the reports
    #[command(after_help = "Examples:\n  \
        glasshouse list\n  \
        glasshouse list --format json")]
    List(ListArgs),
    /// Make the file of a new agency or a new report, to be filled in
    #[command(after_help = "Examples:\n  \
        glasshouse new agency zhejiang/wenzhou/statistics --name 温州市统计局 --level city-department\n  \
        glasshouse new report zhejiang/wenzhou/statistics 2024 --form gb-2021\n  \
        glasshouse new report zhejiang/wenzhou/statistics 2025 --from 2024")]
    New(NewArgs),
    /// Preview the portal in a browser; pages follow their files while these are written
    #[command(after_help = "Nothing is published. Whatever is wrong is shown on the page and here.\n\n\
        Examples:\n  \
        glasshouse serve\n  \
        glasshouse serve --open --drafts\n  \
        glasshouse serve --site ../portal --port 9000")]
    Serve(ServeArgs),
    /// Search the portal that was built last, as its search page does
    #[command(after_help = "Examples:\n  \
        glasshouse search 依申请公开 收费\n  \
        glasshouse search cnxcxq --limit 3\n  \
        glasshouse search --site ../portal --format json 22件")]
    Search(SearchArgs),
    /// Write a completion script for a shell
    #[command(after_help = "Examples:\n  \
        glasshouse completions bash > ~/.local/share/bash-completion/completions/glasshouse\n  \
        glasshouse completions fish > ~/.config/fish/completions/glasshouse.fish")]
    Completions(CompletionsArgs),
    /// Write the manual page
    #[command(after_help = "Examples:\n  \
        glasshouse man > glasshouse.1\n  \
        glasshouse man | man -l -")]
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct SiteArg {
    /// The site's folder, with its site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) site: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let example = format!("glasshouse {}", command.get_name());
            assert!(help.contains(&example), "{} has no example", command.get_name());
        }
    }

    #[test]
    fn every_example_can_be_typed() {
        let mut checked = 0;
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in help.lines().filter(|line| line.trim().starts_with("glasshouse ")) {
                let words = line.split_whitespace().take_while(|word| !matches!(*word, ">" | "|"));
                Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
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
            assert!(Cli::try_parse_from(words.split(' ')).is_err(), "{words} was taken");
        }
    }
}
