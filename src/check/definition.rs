//! Defines a check: its row in the table, when it runs, and what it works on.

use rust_decimal::Decimal;

use crate::base::diagnostic::{Arg, At, DataPath, Message, Place, Severity};
use crate::config::CheckConfig;
use crate::figure::Figure;
use crate::form::{Form, IndicatorIx, Rule, RuleKind, Term};
use crate::model::{Report, ReportId, Site};

use super::evaluation::{Before, Operands};
use super::finding::{Finding, fingerprint};

/// The families of checks, in the order in which they are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Figures against figures of the same report.
    Arithmetic,
    /// Figures against those of the period before.
    AcrossYears,
    /// The report against its form and its neighbours.
    Identity,
    /// The day of publication.
    Time,
    /// The text against the figures.
    Prose,
    /// Links, pictures and headings of texts. `accept:` does not apply to these findings.
    Text,
    /// Explanations of findings.
    Acceptance,
}

impl Group {
    /// Returns the id of its name in the string files, behind `check-group-`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::AcrossYears => "across-years",
            Self::Identity => "identity",
            Self::Time => "time",
            Self::Prose => "prose",
            Self::Text => "text",
            Self::Acceptance => "acceptance",
        }
    }
}

/// A check. Its strings in `strings/LANG/checks.ftl` are `check-NAME`, `explain-NAME` and its messages.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its stable name, used in settings, front matter and machine-readable output.
    pub name: &'static str,
    /// The family it is listed in.
    pub group: Group,
    /// The default severity of its findings; a form's rule or the site's settings may override it.
    pub severity: Severity,
    /// Its place among the checks that run at the same time, and in its family: findings are numbered in
    /// this order. No two checks share a place; steps of ten leave room for others between them.
    pub(super) order: u16,
    pub(super) run: Run,
}

/// Checks one figure that is an exact number.
pub(super) type FigureCheck = fn(&mut Context<'_>, IndicatorIx, &Figure, Decimal);

/// Checks one rule that cannot be assessed.
pub(super) type UnassessableCheck = fn(&mut Context<'_>, &Rule, &Operands<'_>);

/// When a check runs, and on what.
#[derive(Clone, Copy, Debug)]
pub(super) enum Run {
    /// On each rule of a kind in the report's form. All kinds are evaluated in one pass.
    Rule {
        kind: RuleKind,
        /// Chooses the sentence on a rule that fails: `part`, `found`, `whole`, `expected`, `difference`.
        message: fn(&Rule) -> Message,
        /// The id of the label under the figure to look at: `found`, `expected`, `difference`.
        label: &'static str,
        /// The side of the rule on which that figure is.
        subject: Subject,
    },
    /// On each rule that cannot be assessed.
    UnassessableRule(UnassessableCheck),
    /// On each figure of the report's form that is an exact number.
    Figure(FigureCheck),
    /// On the report as a whole.
    Report(fn(&mut Context<'_>)),
    /// On the findings of all other checks.
    Findings(fn(&mut Context<'_>)),
    /// Wherever a text is rendered; not together with the figures.
    Texts,
}

/// A side of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The side under test: the part of a whole, the opening figure of a carry-over.
    Left,
    /// The side it is compared with: the total of a sum.
    Right,
}

/// What a check works on, and where its findings go.
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) config: &'a CheckConfig,
    pub(super) id: ReportId,
    pub(super) report: &'a Report,
    pub(super) form: &'a Form,
    /// The report for the period directly before, where there is one.
    pub(super) before: Option<Before<'a>>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Context<'a> {
    pub(super) fn new(site: &'a Site, config: &'a CheckConfig, id: ReportId) -> Self {
        let report = &site[id];
        let before = site.report_before(report);
        let before = before.map(|report| Before { report, form: &site.catalog[report.form] });
        Self { site, config, id, report, form: &site.catalog[report.form], before, findings: Vec::new() }
    }

    /// Adds a finding. `key` identifies it among those of the same check in the same report.
    pub(super) fn add(&mut self, check: &Check, key: &str, fill: impl FnOnce(&mut Finding)) {
        self.add_as(check, check.severity, key, fill);
    }

    /// Adds a finding whose default severity, `usual`, is not that of its check.
    pub(super) fn add_as(
        &mut self,
        check: &Check,
        usual: Severity,
        key: &str,
        fill: impl FnOnce(&mut Finding),
    ) {
        let Some(severity) = self.config.severity(check.name, self.report.file(), usual) else { return };
        let mut finding = Finding {
            check: check.name,
            severity,
            report: self.id,
            codes: Vec::new(),
            found: None,
            expected: None,
            message: Message::new(check.name),
            places: Vec::new(),
            help: Vec::new(),
            fingerprint: fingerprint(self.site, self.report, check.name, key),
            accepted: None,
        };
        fill(&mut finding);
        finding.shrink();
        self.findings.push(finding);
    }

    /// Adds a finding about one figure, identified by its code. `expected` is the number it was compared
    /// with, if any.
    pub(super) fn add_figure(
        &mut self,
        check: &Check,
        ix: IndicatorIx,
        found: Decimal,
        expected: Option<Decimal>,
        fill: impl FnOnce(&mut Finding),
    ) {
        let indicator = &self.form[ix];
        let place = self.figure_place(ix);
        self.add(check, &indicator.code, |finding| {
            finding.codes = vec![indicator.code.clone()];
            finding.found = Some(found);
            finding.expected = expected;
            finding.places = vec![place];
            let args = [("found", Some(found)), ("expected", expected)];
            let args = args.into_iter().filter_map(|(name, number)| Some((name, Arg::Number(number?))));
            finding.message.args.push(("part", indicator.name.clone().into()));
            finding.message.args.extend(args);
            fill(finding);
        });
    }

    /// Returns a place in the report's file.
    pub(super) fn place(&self, at: At) -> Place {
        Place { file: self.report.file().clone(), at, label: None }
    }

    /// Returns the place of an indicator's figure.
    pub(super) fn figure_place(&self, ix: IndicatorIx) -> Place {
        self.place(At::Value(self.form.data_path(ix)))
    }

    /// Returns the place of the value of a key of the front matter.
    pub(super) fn value_place(&self, key: &str) -> Place {
        self.place(At::Value(DataPath::keys(&[key])))
    }

    /// Returns the codes of terms, each once, in their order.
    pub(super) fn codes<'t>(&self, terms: impl Iterator<Item = &'t Term>) -> Vec<Box<str>> {
        let mut codes: Vec<Box<str>> = Vec::new();
        for term in terms {
            let code = &self.form[term.indicator].code;
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        codes
    }
}
