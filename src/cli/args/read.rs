//! Arguments of the commands that only read: `forms`, `list`, `search`, `doctor`; and `completions`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::Shell;

use crate::cli::report;
use crate::config::FailOn;

use super::SiteArg;
use super::site::fail_on;

#[derive(Debug, Args)]
pub(crate) struct FormsArgs {
    /// The form to show
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: FormFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormFormat {
    /// As it is printed, with the codes
    Table,
    /// As JSON
    Json,
    /// As a JSON Schema for the front matter of reports, for editors
    Schema,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Lines for people
    Table,
    /// JSON for scripts
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// What to search for: words, names of agencies, pinyin, numbers with their unit
    #[arg(required = true)]
    pub(crate) query: Vec<String>,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchFormat {
    /// Lines for people
    Human,
    /// JSON for scripts
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// How to write what is found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: report::Format,
    /// From which severity on to end with code 1 [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on())]
    pub(crate) fail_on: Option<FailOn>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}
