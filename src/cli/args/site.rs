//! Arguments of the commands on a whole site: `build`, `check`, `serve`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::cli::report;
use crate::config::{BaseUrl, FailOn};

use super::SiteArg;

#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
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

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files and folders to report on; everything is still checked against everything
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
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

pub(super) fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::NAMES)
        .try_map(|name| FailOn::from_name(&name).ok_or_else(|| format!("there is no severity {name}")))
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
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
