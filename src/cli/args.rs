//! What may be typed: commands, options and their help. [`super::options`] makes of it what runs.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::config::{BaseUrl, FailOn};
use crate::model::Period;

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
    /// Look for what works, but not as you may think
    ///
    /// Settings that do not exist; files that lie over the theme's, and whether the shipped ones have
    /// changed since; templates and strings that nothing uses; drafts; content that no link reaches.
    #[command(after_help = "Examples:\n  \
        glasshouse doctor\n  \
        glasshouse doctor --site ../portal --fail-on warning\n  \
        glasshouse doctor --format json")]
    Doctor(Doctor),
    /// List the forms, or show one with its codes
    #[command(after_help = "Examples:\n  \
        glasshouse forms\n  \
        glasshouse forms gb-2021\n  \
        glasshouse forms zj-2012 --format json\n  \
        glasshouse forms --format schema > report.schema.json")]
    Forms(Forms),
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
    Import(Import),
    /// Make a new site, with an example to begin from
    #[command(after_help = "Examples:\n  \
        glasshouse init portal\n  \
        glasshouse init portal --lang zh-CN\n  \
        glasshouse init portal --theme county --copy templates/report.html")]
    Init(Init),
    /// List the reports
    #[command(after_help = "Examples:\n  \
        glasshouse list\n  \
        glasshouse list --format json")]
    List(List),
    /// Make the file of a new agency or a new report, to be filled in
    #[command(after_help = "Examples:\n  \
        glasshouse new agency zhejiang/wenzhou/statistics --name 温州市统计局 --level city-department\n  \
        glasshouse new report zhejiang/wenzhou/statistics 2024 --form gb-2021\n  \
        glasshouse new report zhejiang/wenzhou/statistics 2025 --from 2024")]
    New(New),
    /// Write a made-up site of any size, to try the scale
    #[command(
        hide = true,
        after_help = "Examples:\n  \
        glasshouse bench-site --reports 10000 --out portal"
    )]
    BenchSite(BenchSite),
    /// Preview the portal in a browser; pages follow their files while these are written
    #[command(after_help = "Nothing is published. Whatever is wrong is shown on the page and here.\n\n\
        Examples:\n  \
        glasshouse serve\n  \
        glasshouse serve --open --drafts\n  \
        glasshouse serve --site ../portal --port 9000")]
    Serve(Serve),
    /// Search the portal that was built last, as its search page does
    #[command(after_help = "Examples:\n  \
        glasshouse search 依申请公开 收费\n  \
        glasshouse search cnxcxq --limit 3\n  \
        glasshouse search --site ../portal --format json 22件")]
    Search(Search),
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
    /// Make every page anew, whatever earlier builds have kept
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Show how long each phase took, and the pages of each template
    #[arg(long)]
    pub(crate) profile: bool,
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

/// `import`.
#[cfg(feature = "import")]
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files to read, or folders with such files
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// The form, where the documents do not make it plain
    #[arg(long, value_name = "ID")]
    pub(crate) form: Option<String>,
    /// The agency's folder in the content, where its name does not lead there
    #[arg(long, value_name = "PATH")]
    pub(crate) agency: Option<String>,
    /// The folder of the content in which agencies that are not known yet are made
    #[arg(long, value_name = "PATH", conflicts_with = "agency")]
    pub(crate) folder: Option<String>,
    /// The period: 2024, 2022-H1, 2022-Q3, 2023-24
    #[arg(long, value_name = "PERIOD", value_parser = period)]
    pub(crate) period: Option<Period>,
    /// The heading of the column to take, where there are several
    #[arg(long, value_name = "HEADING")]
    pub(crate) column: Option<String>,
    /// A YAML file that says what labels mean: a code, x_… to keep a row, nothing to set it aside
    #[arg(long, value_name = "LABELS.YAML")]
    pub(crate) map: Option<PathBuf>,
    /// Report what would be done, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write reports anew that are there already, text and all
    #[arg(long)]
    pub(crate) force: bool,
    /// Change the figures that differ in reports that are there, and note why
    #[arg(long, value_name = "WHY", conflicts_with = "force")]
    pub(crate) revise: Option<String>,
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ImportFormat,
}

/// How an import reports.
#[cfg(feature = "import")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// Lines for people
    Human,
    /// Every row and cell as one JSON object
    Json,
}

fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).map_err(|error| error.to_string())
}

/// `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder to make it in
    pub(crate) dir: PathBuf,
    /// Begin a theme of this name in the site that is there, instead of a new site
    #[arg(long, value_name = "NAME")]
    pub(crate) theme: Option<String>,
    /// A file of the shipped theme to begin from, such as templates/report.html; may be repeated
    #[arg(long, value_name = "FILE", requires = "theme")]
    pub(crate) copy: Vec<String>,
}

/// `new`.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// What to make.
    #[command(subcommand)]
    pub(crate) what: NewWhat,
}

/// What `new` makes.
#[derive(Debug, Subcommand)]
pub(crate) enum NewWhat {
    /// Make the file of an agency
    Agency(NewAgencyArgs),
    /// Make the file of a report, with every figure its form asks for
    Report(NewReportArgs),
}

/// `new agency`.
#[derive(Debug, Args)]
pub(crate) struct NewAgencyArgs {
    /// Its folder in the content, which becomes its address
    pub(crate) path: String,
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// Its official name
    #[arg(long)]
    pub(crate) name: String,
    /// A short name
    #[arg(long, value_name = "NAME")]
    pub(crate) short_name: Option<String>,
    /// Another name that documents use for it; may be given several times
    #[arg(long = "other-name", value_name = "NAME")]
    pub(crate) other_names: Vec<String>,
    /// Its level, an id of site.toml
    #[arg(long)]
    pub(crate) level: Option<String>,
    /// Its own web site
    #[arg(long)]
    pub(crate) url: Option<String>,
}

/// `new report`.
#[derive(Debug, Args)]
pub(crate) struct NewReportArgs {
    /// The agency's folder in the content
    pub(crate) path: String,
    /// The period: 2024, 2022-H1, 2022-Q3, 2023-24
    #[arg(value_parser = period)]
    pub(crate) period: Period,
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// Its form; by default the one of the report before
    #[arg(long, value_name = "ID")]
    pub(crate) form: Option<String>,
    /// The report whose closing figures are offered; by default the one of the period before
    #[arg(long, value_name = "PERIOD", value_parser = period)]
    pub(crate) from: Option<Period>,
}

/// `doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// How to write what is found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: report::Format,
    /// From which severity on to end with code 1 [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on())]
    pub(crate) fail_on: Option<FailOn>,
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

/// `bench-site`.
#[derive(Debug, Args)]
pub(crate) struct BenchSite {
    /// How many reports
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) reports: u64,
    /// The folder to make it in
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The form of all reports, instead of the one of each year
    #[arg(long, value_name = "ID")]
    pub(crate) form: Option<String>,
    /// Another number, another site
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

/// `serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// The port to listen on; where it is in use, the next that is free; 0 for any
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    pub(crate) port: u16,
    /// The name or address to listen on; another than the default lets others read the preview
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub(crate) host: String,
    /// Open the preview in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Show drafts too
    #[arg(long)]
    pub(crate) drafts: bool,
}

/// `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to search for: words, names of agencies, pinyin, numbers with their unit
    #[arg(required = true)]
    pub(crate) query: Vec<String>,
    /// Where the site is.
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// The folder it was published to, instead of the one in site.toml
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// The folder of another than the portal's first language, such as en
    #[arg(long, value_name = "LANG")]
    pub(crate) edition: Option<String>,
    /// How many pages to list at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// How to write them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: SearchFormat,
}

/// How results of a search are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchFormat {
    /// Lines for people
    Human,
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
