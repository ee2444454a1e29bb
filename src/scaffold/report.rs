//! A report to be filled in: every figure of its form, in the form's order, with its official label.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::base::diagnostic::Message;
use crate::base::text::Lang;
use crate::form::{Form, Indicator, IndicatorIx, Rule, RuleKind, SectionBody, Side, Table};
use crate::model::{Period, Report, Span};
use crate::theme;

use super::scalar::{Style, scalar};

/// The report of the period before, whose closing figures open the new one.
#[derive(Clone, Copy, Debug)]
pub struct Previous<'a> {
    /// The report itself.
    pub report: &'a Report,
    /// Its form. Figures are carried over only to the same form.
    pub form: &'a Form,
}

/// Returns a report of a period on a form, without figures. Labels and remarks are in `lang`.
pub fn report(
    form: &Form,
    period: Period,
    issuer: &str,
    previous: Option<Previous<'_>>,
    lang: &Lang,
) -> String {
    let (words, words_lang) = theme::starter_words(lang);
    let word = |id: &str| words.text(&words_lang, id);
    let mut text = String::from("---\n");
    let _ = writeln!(text, "title: {}", scalar(&title(form, period), Style::Block));
    let _ = writeln!(text, "form: {}\nperiod: {period}", form.id);
    let _ = writeln!(text, "published:  # {}", word("starter-published"));
    let _ = writeln!(
        text,
        "source:\n  title:\n  issuer: {}\n  url:  # {}",
        scalar(issuer, Style::Block),
        word("starter-url")
    );
    let _ = writeln!(text, "# {}\n# {}\nstatistics:", word("starter-blank"), word("starter-other"));
    let carried = Carried { form, previous: previous.filter(|previous| previous.form.id == form.id) };
    let mut is_first = true;
    for section in &form.sections {
        if matches!(section.body, SectionBody::Prose) {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            text.push('\n');
        }
        for line in [section.title.get(lang), section.note.get(lang)] {
            comment(&mut text, line);
        }
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                for ix in indicators {
                    list_line(&mut text, &form[*ix], carried.figure(*ix).as_deref(), lang);
                }
            }
            SectionBody::Table(table) => table_lines(&mut text, form, table, &carried, lang),
        }
    }
    text.push_str("---\n");
    let prose: Vec<&str> = form
        .sections
        .iter()
        .filter(|section| matches!(section.body, SectionBody::Prose))
        .map(|section| section.title.get(lang))
        .filter(|title| !title.is_empty())
        .collect();
    for title in prose {
        let _ = write!(text, "\n## {title}\n");
    }
    text
}

/// Returns the usual title of a report, in the first language of its form.
pub fn title(form: &Form, period: Period) -> String {
    let (lang, name) = form.title.iter().next().unwrap_or(("", &form.id));
    let (words, lang) = theme::starter_words(&Lang::new(lang));
    let id = match period.span {
        Span::Year => "starter-title-year",
        Span::Half(1) => "starter-title-first-half",
        Span::Half(_) => "starter-title-second-half",
        Span::Quarter(_) => "starter-title-quarter",
        Span::Fiscal => "starter-title-fiscal",
    };
    let mut title = Message::new(id)
        .arg("form", name)
        .arg("period", period.to_string())
        .arg("year", period.year.to_string())
        .arg("next", (period.year + 1).to_string());
    if let Span::Quarter(quarter) = period.span {
        title = title.arg("quarter", quarter.to_string());
    }
    words.message(&lang, &title)
}

fn comment(text: &mut String, line: &str) {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if !line.is_empty() {
        let _ = writeln!(text, "  # {line}");
    }
}

fn list_line(text: &mut String, indicator: &Indicator, before: Option<&str>, lang: &Lang) {
    let label = indicator.label.get(lang);
    let indent = "  ".repeat(usize::from(indicator.depth));
    match indicator.unit.as_deref() {
        None => {
            let _ = writeln!(text, "  # {indent}{label}");
        }
        Some(unit) => {
            let before = before.map(|before| format!("; {before}")).unwrap_or_default();
            let _ = writeln!(text, "  {}:  # {indent}{label} [{unit}]{before}", indicator.code);
        }
    }
}

fn table_lines(text: &mut String, form: &Form, table: &Table, carried: &Carried<'_>, lang: &Lang) {
    let unit = |ix: IndicatorIx| form[ix].unit.clone();
    let first = table.rows.iter().find_map(|row| row.first);
    let columns: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let unit = first.and_then(|first| unit(IndicatorIx(first.0 + at as u16)));
            unit.map_or_else(
                || column.label.get(lang).to_owned(),
                |unit| format!("{} [{unit}]", column.label.get(lang)),
            )
        })
        .collect();
    comment(text, &columns.join(" | "));
    for row in &table.rows {
        let indent = "  ".repeat(usize::from(row.depth));
        let label = row.label.get(lang);
        let Some(first) = row.first else {
            let _ = writeln!(text, "  # {indent}{label}");
            continue;
        };
        let cells = vec!["~"; table.columns.len()].join(", ");
        let before: Vec<Option<String>> =
            (0..table.columns.len()).map(|at| carried.number(IndicatorIx(first.0 + at as u16))).collect();
        let before = if before.iter().any(Option::is_some) {
            let cells: Vec<String> =
                before.into_iter().map(|cell| cell.unwrap_or_else(|| "~".to_owned())).collect();
            format!("; {}: [{}]", carried.year(), cells.join(", "))
        } else {
            String::new()
        };
        let _ = writeln!(text, "  {}: [{cells}]  # {indent}{label}{before}", row.code);
    }
}

/// The closing figures of the period before, where a rule says that this one opens with them.
struct Carried<'a> {
    form: &'a Form,
    previous: Option<Previous<'a>>,
}

impl Carried<'_> {
    fn year(&self) -> String {
        self.previous.map(|previous| previous.report.period.to_string()).unwrap_or_default()
    }

    fn figure(&self, ix: IndicatorIx) -> Option<String> {
        Some(format!("{}: {}", self.year(), self.number(ix)?))
    }

    fn number(&self, ix: IndicatorIx) -> Option<String> {
        let report = self.previous?.report;
        let mut rules = self.form.rules.iter().filter(|rule| rule.check == RuleKind::CarryOverDiffers);
        let closing = rules.find_map(|rule| closing(rule, ix))?;
        let sum = closing.terms.iter().try_fold(Decimal::from(closing.constant), |sum, term| {
            let figure = report.figure(term.indicator)?.exact()?;
            if term.negative { sum.checked_sub(figure) } else { sum.checked_add(figure) }
        })?;
        Some(sum.to_string())
    }
}

/// Returns the side of a rule about the period before, if the other side is the indicator alone.
fn closing(rule: &Rule, ix: IndicatorIx) -> Option<&Side> {
    let is_opening = |side: &Side| {
        matches!(side.terms.as_slice(), [term] if term.indicator == ix && !term.negative && !term.previous)
            && side.constant == 0
    };
    let is_closing = |side: &&Side| side.terms.iter().all(|term| term.previous);
    match (is_opening(&rule.left), is_opening(&rule.right)) {
        (true, _) => Some(&rule.right).filter(is_closing),
        (_, true) => Some(&rule.left).filter(is_closing),
        _ => None,
    }
}
