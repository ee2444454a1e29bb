//! Arguments of the commands that write content: `init`, `new`, `import`.

use std::path::PathBuf;

#[cfg(feature = "import")]
use clap::ValueEnum;
use clap::{Args, Subcommand};

use crate::model::Period;

use super::SiteArg;

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to make it in
    pub(crate) dir: PathBuf,
    /// Begin a theme of this name in the site that is there, instead of a new site
    #[arg(long, value_name = "NAME")]
    pub(crate) theme: Option<String>,
    /// A file of the shipped theme to begin from, such as templates/report.html; may be repeated
    #[arg(long, value_name = "FILE", requires = "theme")]
    pub(crate) copy: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    #[command(subcommand)]
    pub(crate) what: NewWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NewWhat {
    /// Make the file of an agency
    Agency(NewAgencyArgs),
    /// Make the file of a report, with every figure its form asks for
    Report(NewReportArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NewAgencyArgs {
    /// Its folder in the content, which becomes its address
    pub(crate) path: String,
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

#[derive(Debug, Args)]
pub(crate) struct NewReportArgs {
    /// The agency's folder in the content
    pub(crate) path: String,
    /// The period: 2024, 2022-H1, 2022-Q3, 2023-24
    #[arg(value_parser = period)]
    pub(crate) period: Period,
    #[command(flatten)]
    pub(crate) site: SiteArg,
    /// Its form; by default the one of the report before
    #[arg(long, value_name = "ID")]
    pub(crate) form: Option<String>,
    /// The report whose closing figures are offered; by default the one of the period before
    #[arg(long, value_name = "PERIOD", value_parser = period)]
    pub(crate) from: Option<Period>,
}

#[cfg(feature = "import")]
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files to read, or folders with such files
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
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
