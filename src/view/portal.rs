//! The data a portal is made from, as pages borrow it.

use crate::base::diagnostic::Diagnostic;
use crate::check::Findings;
use crate::config::Config;
use crate::derive::Derived;
use crate::load::Fingerprints;
use crate::model::{Body, Site};
use crate::theme::Theme;

/// Reads the Markdown body of a content file.
pub type Bodies<'a> = dyn Fn(&Body) -> Result<String, Box<Diagnostic>> + Sync + 'a;

/// Everything a portal is made from, in no language yet. Immutable.
#[derive(Clone, Copy)]
pub struct Portal<'a> {
    /// The facts.
    pub site: &'a Site,
    /// What the checks found.
    pub findings: &'a Findings,
    /// Series, totals and ranks.
    pub derived: &'a Derived,
    /// The settings.
    pub config: &'a Config,
    /// The theme.
    pub theme: &'a Theme,
    /// Reads the texts.
    pub bodies: &'a Bodies<'a>,
    /// The fingerprints of the facts and texts.
    pub fingerprints: &'a Fingerprints,
    /// The fingerprint of the settings, the theme and the program.
    pub base: u128,
}
