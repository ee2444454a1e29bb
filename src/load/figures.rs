//! The `statistics:` of a report: finds the indicator of every key – of its form, of its own or of
//! another form – and reads the figures.

use std::ops::Range;

use crate::base::data::{self, Entry, Faults, Fields, Node, NodeKind};
use crate::base::diagnostic::{Diagnostic, Message};
use crate::base::text::Localized;
use crate::figure::{Figure, Value};
use crate::form::{Catalog, Form, FormIx, Indicator, IndicatorIx, Row, SectionBody, TEXT_FIGURES, Table};
use crate::model::{Origin, OtherFigure};

use super::figure_value::FigureText;

#[derive(Default)]
pub(super) struct Figures {
    /// Those its form asks for, in the form's order.
    pub(super) figures: Vec<(IndicatorIx, Figure)>,
    /// The rest, in the order written.
    pub(super) others: Vec<OtherFigure>,
}

/// A code that the report defines itself, under `local:`.
pub(super) struct Local {
    code: Box<str>,
    label: Localized,
    unit: Option<Box<str>>,
}

pub(super) fn locals(entries: &[Entry], faults: &mut Faults) -> Vec<Local> {
    let mut locals = Vec::new();
    for entry in entries {
        let is_plain = entry.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_plain || entry.key.len() > 80 {
            let fault = Diagnostic::error("form-bad-code").arg("value", &*entry.key);
            faults.add(fault, entry.key_span.clone());
            continue;
        }
        if !is_local_code(&entry.key) {
            let fault = Diagnostic::error("local-code-prefix").arg("code", &*entry.key);
            faults.add(fault, entry.key_span.clone());
        }
        let (label, unit) = match &entry.value.kind {
            NodeKind::Map(fields) => {
                let mut fields = Fields::new(fields, faults);
                let found = (fields.localized("label"), fields.owned_text("unit"));
                fields.finish();
                found
            }
            NodeKind::Scalar(label) => (Some(Localized::plain(label)), None),
            _ => {
                faults.wrong_type(entry, "mapping");
                continue;
            }
        };
        let label = label.unwrap_or_else(|| Localized::plain(&entry.key));
        locals.push(Local { code: entry.key.clone(), label, unit });
    }
    locals
}

/// Whether a code is one that a report may define itself: `x_…` in its tables, `n_…` in its text.
fn is_local_code(code: &str) -> bool {
    code.starts_with("x_") || code.starts_with("n_")
}

/// What a figure is given for: an indicator, or a code of the report's own.
#[derive(Clone, Copy)]
struct Target<'a> {
    code: &'a str,
    label: &'a Localized,
    unit: Option<&'a str>,
}

impl<'a> From<&'a Indicator> for Target<'a> {
    fn from(indicator: &'a Indicator) -> Self {
        Self { code: &indicator.code, label: &indicator.label, unit: indicator.unit.as_deref() }
    }
}

/// A value in the front matter and the place to point at when it is wrong.
struct Given<'n> {
    node: &'n Node,
    span: Range<usize>,
}

impl<'n> From<&'n Entry> for Given<'n> {
    fn from(entry: &'n Entry) -> Self {
        Self { node: &entry.value, span: data::mark(entry) }
    }
}

pub(super) struct FigureReader<'a> {
    catalog: &'a Catalog,
    form: &'a Form,
    locals: &'a [Local],
    faults: &'a mut Faults,
    found: Figures,
}

impl<'a> FigureReader<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        form: &'a Form,
        locals: &'a [Local],
        faults: &'a mut Faults,
    ) -> Self {
        Self { catalog, form, locals, faults, found: Figures::default() }
    }

    /// Reads every entry of `statistics:`.
    pub(super) fn read(mut self, entries: &[Entry]) -> Figures {
        let form = self.form;
        for entry in entries {
            if let Some(ix) = form.find(&entry.key) {
                if form[ix].unit.is_some() {
                    self.add(ix, &entry.into());
                } else {
                    self.refuse("heading-takes-no-figure", &entry.key, &entry.key_span);
                }
            } else if let Some((table, row)) = form.row(&entry.key) {
                for (ix, given) in self.cells(form, table, row, entry) {
                    self.add(ix, &given);
                }
            } else {
                self.read_other(entry);
            }
        }
        self.found.figures.sort_by_key(|(ix, _)| *ix);
        self.found
    }

    fn refuse(&mut self, code: &'static str, value: &str, span: &Range<usize>) {
        self.faults.add(Diagnostic::error(code).arg("value", value), span.clone());
    }

    /// Adds a figure that the form asks for.
    fn add(&mut self, ix: IndicatorIx, given: &Given<'_>) {
        let target = Target::from(&self.form[ix]);
        if self.found.figures.iter().any(|(known, _)| *known == ix) {
            self.refuse("figure-given-twice", target.code, &given.span);
        } else if let Some(figure) = self.figure(target, given) {
            self.found.figures.push((ix, figure));
        }
    }

    /// Adds a figure that the form does not ask for.
    fn add_other(&mut self, target: Target<'_>, given: &Given<'_>, origin: Origin) {
        if self.found.others.iter().any(|known| *known.code == *target.code) {
            self.refuse("figure-given-twice", target.code, &given.span);
        } else if let Some(figure) = self.figure(target, given) {
            self.found.others.push(OtherFigure {
                code: target.code.into(),
                label: target.label.clone(),
                unit: target.unit.map(Into::into),
                figure,
                origin,
            });
        }
    }

    /// The cells of a table row, given as a sequence in column order or as a mapping by column.
    fn cells<'n>(
        &mut self,
        form: &Form,
        table: &Table,
        row: &Row,
        entry: &'n Entry,
    ) -> Vec<(IndicatorIx, Given<'n>)> {
        let Some(first) = row.first else {
            self.refuse("heading-takes-no-figure", &row.code, &entry.key_span);
            return Vec::new();
        };
        let cell = |column: usize| IndicatorIx(first.0 + column as u16);
        let columns = || table.columns.iter().map(|column| &*column.code);
        match &entry.value.kind {
            NodeKind::List(items) if items.len() == table.columns.len() => {
                let given = |node: &'n Node| {
                    let span = if node.span.is_empty() { &entry.key_span } else { &node.span };
                    Given { node, span: span.clone() }
                };
                items.iter().enumerate().map(|(at, node)| (cell(at), given(node))).collect()
            }
            NodeKind::List(items) => {
                let fault = Diagnostic::error("row-length")
                    .arg("row", &*row.code)
                    .arg("found", items.len())
                    .arg("expected", table.columns.len());
                let columns = columns().collect::<Vec<_>>().join(", ");
                let fault = fault.help(Message::new("help-columns").arg("columns", columns));
                self.faults.add(fault, data::mark(entry));
                Vec::new()
            }
            NodeKind::Map(cells) => {
                let mut found = Vec::new();
                for entry in cells {
                    match columns().position(|code| *code == *entry.key) {
                        Some(at) => found.push((cell(at), entry.into())),
                        None => self.unknown("unknown-column", entry, columns()),
                    }
                }
                found
            }
            NodeKind::Null => (0..table.columns.len()).map(|at| (cell(at), entry.into())).collect(),
            NodeKind::Scalar(_) => {
                let total = table.columns.iter().find(|column| column.is_total).or(table.columns.first());
                let example = total.map(|column| format!("{}: {{{}: …}}", row.code, column.code));
                let fault = Diagnostic::error("row-not-cells").arg("row", &*row.code).arg("form", &*form.id);
                let help = Message::new("help-write-row").arg("example", example.unwrap_or_default());
                self.faults.add(fault.help(help), data::mark(entry));
                Vec::new()
            }
        }
    }

    /// Reads an entry that the form does not ask for.
    fn read_other(&mut self, entry: &Entry) {
        let code = &*entry.key;
        let catalog = self.catalog;
        let text_figure = || {
            let form = &catalog[catalog.find_form(TEXT_FIGURES)?];
            form.find(code).filter(|_| code.starts_with("n_")).map(|ix| &form[ix])
        };
        if let Some(local) = self.locals.iter().find(|local| *local.code == *code) {
            let target = Target { code, label: &local.label, unit: local.unit.as_deref() };
            self.add_other(target, &entry.into(), Origin::Local);
        } else if let Some(indicator) = text_figure() {
            self.add_other(indicator.into(), &entry.into(), Origin::Text);
        } else if is_local_code(code) {
            let fault = Diagnostic::error("local-code-undefined").arg("code", code);
            let help = Message::new("help-define-local").arg("code", code);
            self.faults.add(fault.help(help), entry.key_span.clone());
        } else if !self.read_foreign(entry) {
            let form = self.form;
            let rows = form.sections.iter().filter_map(|section| match &section.body {
                SectionBody::Table(table) => Some(table.rows.iter().map(|row| &*row.code)),
                _ => None,
            });
            let codes = form.figures().map(|(_, indicator)| &*indicator.code).chain(rows.flatten());
            self.unknown("unknown-indicator", entry, codes);
        }
    }

    /// Reads an indicator or a row of another form: reports go on giving what an old form asked for.
    /// The newest form that knows the code counts. Returns whether there is one.
    fn read_foreign(&mut self, entry: &Entry) -> bool {
        let catalog = self.catalog;
        let forms = catalog.forms.iter().enumerate().rev().filter(|(_, form)| &*form.id != TEXT_FIGURES);
        for (at, form) in forms {
            let origin = Origin::Form(FormIx(at as u16));
            if let Some(ix) = form.find(&entry.key).filter(|ix| form[*ix].unit.is_some()) {
                self.add_other((&form[ix]).into(), &entry.into(), origin);
            } else if let Some((table, row)) = form.row(&entry.key) {
                for (ix, given) in self.cells(form, table, row, entry) {
                    self.add_other((&form[ix]).into(), &given, origin);
                }
            } else {
                continue;
            }
            return true;
        }
        false
    }

    fn unknown<'n>(&mut self, code: &'static str, entry: &Entry, known: impl Iterator<Item = &'n str>) {
        let help = data::did_you_mean(&entry.key, known).unwrap_or_else(|| Message::new("help-local-code"));
        let fault = Diagnostic::error(code).arg("value", &*entry.key);
        self.faults.add(fault.help(help), entry.key_span.clone());
    }

    /// Reads one figure: a scalar, nothing, or a mapping with unit, note and the like.
    fn figure(&mut self, target: Target<'_>, given: &Given<'_>) -> Option<Figure> {
        match &given.node.kind {
            NodeKind::Null => Some(Figure::new(Value::Blank)),
            NodeKind::Scalar(text) => self.scalar(target, text, None, given.span.clone()),
            NodeKind::List(_) => {
                self.refuse("figure-not-single", target.code, &given.span);
                None
            }
            NodeKind::Map(entries) => self.detailed(target, entries, &given.span),
        }
    }

    /// Reads `{value: 251000, unit: 元, note: …, cumulative: true}`.
    fn detailed(&mut self, target: Target<'_>, entries: &[Entry], span: &Range<usize>) -> Option<Figure> {
        let mut fields = Fields::new(entries, self.faults);
        let value = fields.entry("value");
        let unit = fields.text("unit");
        let note = fields.owned_text("note");
        let cumulative = fields.flag("cumulative").unwrap_or(false);
        fields.finish();
        let Some(entry) = value else {
            self.refuse("figure-without-value", target.code, span);
            return None;
        };
        let mut figure = match &entry.value.kind {
            NodeKind::Null => Figure::new(Value::Blank),
            NodeKind::Scalar(text) => self.scalar(target, text, unit, data::mark(entry))?,
            NodeKind::List(_) | NodeKind::Map(_) => {
                self.refuse("figure-not-single", target.code, &data::mark(entry));
                return None;
            }
        };
        if note.is_some() || cumulative {
            let detail = figure.detail.get_or_insert_default();
            detail.note = note;
            detail.cumulative = cumulative;
        }
        Some(figure)
    }

    fn scalar(
        &mut self,
        target: Target<'_>,
        text: &str,
        unit: Option<&str>,
        span: Range<usize>,
    ) -> Option<Figure> {
        let text = FigureText { code: target.code, text, unit, asked: target.unit };
        text.read(&self.catalog.units).map_err(|fault| self.faults.add(fault, span)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml;

    /// The codes and figures read from `statistics:` on a form, and the codes of the faults.
    fn read(form: &str, statistics: &str) -> (Vec<(String, Value)>, Vec<&'static str>) {
        let (catalog, _) = crate::load::catalog(&[]);
        let form = &catalog[catalog.find_form(form).unwrap()];
        let mut faults = Faults::new(&"content/a/2023.md".into());
        let tree = yaml::parse(statistics, 0, &mut faults).unwrap();
        let reader = FigureReader::new(&catalog, form, &[], &mut faults);
        let found = reader.read(tree.entries().unwrap());
        let own = found.figures.into_iter().map(|(ix, figure)| (form[ix].code.to_string(), figure.value));
        let others = found.others.into_iter().map(|other| (other.code.to_string(), other.figure.value));
        let codes = faults.into_vec().iter().map(|fault| fault.code).collect();
        (own.chain(others).collect(), codes)
    }

    fn number(code: &str, number: i64) -> (String, Value) {
        (code.to_owned(), Value::Number(number.into()))
    }

    #[test]
    fn rows_are_given_by_order_or_by_column() {
        let (by_order, faults) = read("gb-2021", "req_new: [1, 2, 3, 4, 5, 6, 21]\n");
        assert_eq!(faults, [""; 0]);
        assert_eq!(by_order.len(), 7);
        assert_eq!(by_order.last(), Some(&number("req_new__total", 21)));
        let (by_column, faults) = read("gb-2021", "req_new: {total: 21, natural: 1}\n");
        assert_eq!(faults, [""; 0]);
        assert_eq!(by_column, [number("req_new__natural", 1), number("req_new__total", 21)]);
    }

    #[test]
    fn a_row_of_the_wrong_shape_is_refused_as_a_whole() {
        assert_eq!(read("gb-2021", "req_new: [1, 2]\n"), (Vec::new(), vec!["row-length"]));
        assert_eq!(read("gb-2021", "req_new: 21\n"), (Vec::new(), vec!["row-not-cells"]));
        assert_eq!(read("gb-2021", "res_refused: 3\n"), (Vec::new(), vec!["heading-takes-no-figure"]));
        let (found, faults) = read("gb-2021", "req_new: {totl: 1, natural: 2}\n");
        assert_eq!((found, faults), (vec![number("req_new__natural", 2)], vec!["unknown-column"]));
    }

    #[test]
    fn a_cell_counts_once() {
        let (found, faults) = read("gb-2021", "req_new: {total: 21}\nreq_new__total: 22\n");
        assert_eq!((found, faults), (vec![number("req_new__total", 21)], vec!["figure-given-twice"]));
    }

    #[test]
    fn figures_of_other_forms_are_kept_and_unknown_ones_are_not() {
        let (found, faults) = read("gb-2021", "proactive_total: 289\nn_unknown: 1\nnothing: 2\n");
        assert_eq!(found, [number("proactive_total", 289)]);
        assert_eq!(faults, ["local-code-undefined", "unknown-indicator"]);
    }

    #[test]
    fn a_figure_may_have_a_note_and_nothing_else() {
        let (found, faults) = read("zj-2012", "proactive_total: {value: 5, note: x, unti: 件}\n");
        assert_eq!((found, faults), (vec![number("proactive_total", 5)], vec!["unknown-key"]));
        assert_eq!(read("zj-2012", "proactive_total: {note: x}\n").1, ["figure-without-value"]);
        assert_eq!(read("zj-2012", "proactive_total: [1]\n").1, ["figure-not-single"]);
        let blank = vec![("proactive_total".to_owned(), Value::Blank)];
        assert_eq!(read("zj-2012", "proactive_total: {value: }\n"), (blank, Vec::new()));
    }
}
