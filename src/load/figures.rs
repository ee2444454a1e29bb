//! The `statistics:` of a report: every key a figure of its form, or of its own, or of another form.

use std::ops::Range;

use crate::base::data::{self, Entry, Fields, Kind as NodeKind, Node};
use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::base::text::Localized;
use crate::figure::{self, Detail, Figure, FigureError, UnitError, Value};
use crate::form::{Catalog, Form, FormIx, Indicator, IndicatorIx, Row, TEXT_FIGURES, Table};
use crate::model::{Origin, OtherFigure};

/// What a report says in figures.
#[derive(Default)]
pub(super) struct Figures {
    /// Those its form asks for, in the form's order.
    pub(super) figures: Vec<(IndicatorIx, Figure)>,
    /// The rest, in the order written.
    pub(super) others: Vec<OtherFigure>,
}

pub(super) struct Reader<'a> {
    pub(super) file: &'a FilePath,
    pub(super) catalog: &'a Catalog,
    pub(super) form: FormIx,
    pub(super) locals: &'a [Local],
    pub(super) faults: &'a mut Vec<Diagnostic>,
}

/// A code that the report defines itself, under `local:`.
pub(super) struct Local {
    code: Box<str>,
    label: Localized,
    unit: Option<Box<str>>,
}

/// Reads `local:`.
pub(super) fn locals(file: &FilePath, entries: &[Entry], faults: &mut Vec<Diagnostic>) -> Vec<Local> {
    let mut locals = Vec::new();
    for entry in entries {
        let is_plain = entry.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_plain || entry.key.len() > 80 {
            let at = At::Span(entry.key_span.clone());
            faults.push(Diagnostic::error("form-bad-code").arg("value", &*entry.key).at(file, at));
            continue;
        }
        let is_local = entry.key.starts_with("x_") || entry.key.starts_with("n_");
        if !is_local {
            let at = At::Span(entry.key_span.clone());
            faults.push(Diagnostic::error("local-code-prefix").arg("code", &*entry.key).at(file, at));
        }
        match &entry.value.kind {
            NodeKind::Map(fields) => {
                let mut fields = Fields::new(file, fields);
                let label = fields.localized("label", faults);
                let unit = fields.text("unit", faults).map(Into::into);
                fields.finish(faults);
                locals.push(Local {
                    code: entry.key.clone(),
                    label: label.unwrap_or_else(|| Localized::plain(&entry.key)),
                    unit,
                });
            }
            NodeKind::Scalar(label) => {
                locals.push(Local { code: entry.key.clone(), label: Localized::plain(label), unit: None });
            }
            _ => faults.push(Fields::new(file, entries).wrong_type(entry, "mapping")),
        }
    }
    locals
}

impl Reader<'_> {
    /// Reads every entry.
    pub(super) fn read(&mut self, entries: &[Entry]) -> Figures {
        let mut found = Figures::default();
        let catalog = self.catalog;
        let Some(form) = catalog.form(self.form) else { return found };
        for entry in entries {
            let code = &*entry.key;
            if let Some(ix) = form.find(code) {
                if let Some(indicator) = form.indicator(ix).filter(|indicator| indicator.unit.is_some()) {
                    self.take(&mut found, ix, indicator, &entry.value, mark(entry));
                } else {
                    self.refuse("heading-takes-no-figure", code, entry.key_span.clone());
                }
            } else if let Some((table, row)) = form.row(code) {
                for (ix, node, place) in self.cells(form, table, row, entry) {
                    if let Some(indicator) = form.indicator(ix) {
                        self.take(&mut found, ix, indicator, node, place);
                    }
                }
            } else {
                self.other(&mut found, form, entry);
            }
        }
        found.figures.sort_by_key(|(ix, _)| *ix);
        found
    }

    fn refuse(&mut self, code: &'static str, value: &str, span: Range<usize>) {
        self.faults.push(Diagnostic::error(code).arg("value", value).at(self.file, At::Span(span)));
    }

    fn take(
        &mut self,
        found: &mut Figures,
        ix: IndicatorIx,
        indicator: &Indicator,
        node: &Node,
        place: Range<usize>,
    ) {
        if found.figures.iter().any(|(known, _)| *known == ix) {
            self.refuse("figure-given-twice", &indicator.code, place);
            return;
        }
        let unit = indicator.unit.as_deref();
        if let Some(figure) = self.figure(&indicator.code, unit, node, place) {
            found.figures.push((ix, figure));
        }
    }

    /// The cells of a table row, given as a sequence in column order or as a mapping by column.
    fn cells<'n>(
        &mut self,
        form: &Form,
        table: &Table,
        row: &Row,
        entry: &'n Entry,
    ) -> Vec<(IndicatorIx, &'n Node, Range<usize>)> {
        let Some(first) = row.first else {
            self.refuse("heading-takes-no-figure", &row.code, entry.key_span.clone());
            return Vec::new();
        };
        let cell = |column: usize| IndicatorIx(first.0 + column as u16);
        match &entry.value.kind {
            NodeKind::List(items) if items.len() == table.columns.len() => {
                let cells = items.iter().enumerate();
                cells.map(|(at, node)| (cell(at), node, place(node, entry))).collect()
            }
            NodeKind::List(items) => {
                let columns: Vec<_> = table.columns.iter().map(|column| &*column.code).collect();
                self.faults.push(
                    Diagnostic::error("row-length")
                        .arg("row", &*row.code)
                        .arg("found", items.len())
                        .arg("expected", table.columns.len())
                        .at(self.file, At::Span(mark(entry)))
                        .help(Message::new("help-columns").arg("columns", columns.join(", "))),
                );
                Vec::new()
            }
            NodeKind::Map(cells) => {
                let mut found = Vec::new();
                for cell_entry in cells {
                    match table.columns.iter().position(|column| column.code == cell_entry.key) {
                        Some(at) => found.push((cell(at), &cell_entry.value, mark(cell_entry))),
                        None => {
                            let names = table.columns.iter().map(|column| &*column.code);
                            self.unknown("unknown-column", cell_entry, names);
                        }
                    }
                }
                found
            }
            NodeKind::Null => {
                (0..table.columns.len()).map(|at| (cell(at), &entry.value, mark(entry))).collect()
            }
            NodeKind::Scalar(_) => {
                let total = table.columns.iter().find(|column| column.is_total).or(table.columns.first());
                let hint =
                    total.map(|column| format!("{}: {{{}: …}}", row.code, column.code)).unwrap_or_default();
                self.faults.push(
                    Diagnostic::error("row-not-cells")
                        .arg("row", &*row.code)
                        .arg("form", &*form.id)
                        .at(self.file, At::Span(mark(entry)))
                        .help(Message::new("help-write-row").arg("example", hint)),
                );
                Vec::new()
            }
        }
    }

    /// A figure that the form does not ask for.
    fn other(&mut self, found: &mut Figures, form: &Form, entry: &Entry) {
        let code = &*entry.key;
        let catalog = self.catalog;
        let texts = catalog.find_form(TEXT_FIGURES).and_then(|ix| catalog.form(ix));
        let locals = self.locals;
        if let Some(local) = locals.iter().find(|local| *local.code == *code) {
            let unit = local.unit.as_deref();
            self.add_other(found, code, &local.label, unit, &entry.value, mark(entry), Origin::Local);
        } else if let Some(indicator) = texts
            .and_then(|texts| texts.find(code).and_then(|ix| texts.indicator(ix)))
            .filter(|_| code.starts_with("n_"))
        {
            let unit = indicator.unit.as_deref();
            self.add_other(found, code, &indicator.label, unit, &entry.value, mark(entry), Origin::Text);
        } else if code.starts_with("x_") || code.starts_with("n_") {
            let fault = Diagnostic::error("local-code-undefined").arg("code", code);
            let fault = fault.at(self.file, At::Span(entry.key_span.clone()));
            self.faults.push(fault.help(Message::new("help-define-local").arg("code", code)));
        } else if !self.borrowed(found, entry) {
            let rows = form.sections.iter().filter_map(|section| match &section.body {
                crate::form::Body::Table(table) => Some(table.rows.iter().map(|row| &*row.code)),
                _ => None,
            });
            let codes = form.figures().map(|(_, indicator)| &*indicator.code).chain(rows.flatten());
            self.unknown("unknown-indicator", entry, codes);
        }
    }

    /// An indicator or a row of another form, as reports carry on with old ones; the newest form first.
    fn borrowed(&mut self, found: &mut Figures, entry: &Entry) -> bool {
        let catalog = self.catalog;
        let forms = catalog.forms.iter().enumerate().rev().filter(|(_, form)| &*form.id != TEXT_FIGURES);
        for (at, form) in forms {
            let origin = Origin::Form(FormIx(at as u16));
            if let Some(indicator) =
                form.find(&entry.key).and_then(|ix| form.indicator(ix)).filter(|i| i.unit.is_some())
            {
                let unit = indicator.unit.as_deref();
                self.add_other(found, &entry.key, &indicator.label, unit, &entry.value, mark(entry), origin);
            } else if let Some((table, row)) = form.row(&entry.key) {
                for (ix, node, place) in self.cells(form, table, row, entry) {
                    let Some(indicator) = form.indicator(ix) else { continue };
                    let unit = indicator.unit.as_deref();
                    self.add_other(found, &indicator.code, &indicator.label, unit, node, place, origin);
                }
            } else {
                continue;
            }
            return true;
        }
        false
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a figure is what it is: code, label, unit, value, place, origin"
    )]
    fn add_other(
        &mut self,
        found: &mut Figures,
        code: &str,
        label: &Localized,
        asked: Option<&str>,
        node: &Node,
        place: Range<usize>,
        origin: Origin,
    ) {
        if found.others.iter().any(|known| *known.code == *code) {
            self.refuse("figure-given-twice", code, place);
            return;
        }
        if let Some(figure) = self.figure(code, asked, node, place) {
            found.others.push(OtherFigure {
                code: code.into(),
                label: label.clone(),
                unit: asked.map(Into::into),
                figure,
                origin,
            });
        }
    }

    fn unknown<'n>(&mut self, code: &'static str, entry: &Entry, known: impl Iterator<Item = &'n str>) {
        let fault =
            Diagnostic::error(code).arg("value", &*entry.key).at(self.file, At::Span(entry.key_span.clone()));
        self.faults.push(match data::nearest(&entry.key, known) {
            Some(near) => fault.help(Message::new("help-did-you-mean").arg("name", near)),
            None => fault.help(Message::new("help-local-code")),
        });
    }

    /// Reads one figure: a scalar, nothing, or a mapping with unit, note and the like.
    fn figure(
        &mut self,
        code: &str,
        asked: Option<&str>,
        node: &Node,
        place: Range<usize>,
    ) -> Option<Figure> {
        match &node.kind {
            NodeKind::Null => Some(Figure::new(Value::Blank)),
            NodeKind::Scalar(text) => self.scalar(code, asked, text, None, place),
            NodeKind::List(_) => {
                self.refuse("figure-not-single", code, place);
                None
            }
            NodeKind::Map(entries) => {
                let mut fields = Fields::new(self.file, entries);
                let value = fields.entry("value");
                let unit = fields.text("unit", self.faults);
                let note = fields.text("note", self.faults);
                let cumulative = fields.flag("cumulative", self.faults).unwrap_or(false);
                fields.finish(self.faults);
                let mut figure = match value {
                    Some(entry) if entry.value.kind == NodeKind::Null => Figure::new(Value::Blank),
                    Some(entry) => match entry.value.scalar() {
                        Some(text) => self.scalar(code, asked, text, unit, mark(entry))?,
                        None => {
                            self.refuse("figure-not-single", code, mark(entry));
                            return None;
                        }
                    },
                    None => {
                        self.refuse("figure-without-value", code, place);
                        return None;
                    }
                };
                if note.is_some() || cumulative {
                    let detail = figure.detail.get_or_insert_default();
                    detail.note = note.map(Into::into);
                    detail.cumulative = cumulative;
                }
                Some(figure)
            }
        }
    }

    fn scalar(
        &mut self,
        code: &str,
        asked: Option<&str>,
        text: &str,
        unit: Option<&str>,
        place: Range<usize>,
    ) -> Option<Figure> {
        let parsed = match figure::parse(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let id = match error {
                    FigureError::NoNumber => "not-a-number",
                    FigureError::TooLong => "number-too-long",
                    FigureError::Separator => "number-separator",
                };
                let fault = Diagnostic::error(id).arg("code", code).arg("found", text);
                self.faults.push(fault.at(self.file, At::Span(place)).help(Message::new("help-figure")));
                return None;
            }
        };
        let written_unit = parsed.unit.as_deref().or(unit);
        let convert =
            |amount| match (written_unit, asked) {
                (Some(from), Some(to)) => self.catalog.units.convert(amount, from, to).and_then(|amount| {
                    if figure::fits(amount) { Ok(amount) } else { Err(UnitError::Inexact) }
                }),
                _ => Ok(amount),
            };
        let converted = match parsed.value {
            Value::Number(number) => convert(number).map(Value::Number),
            Value::Approximate(bound, number) => {
                convert(number).map(|number| Value::Approximate(bound, number))
            }
            other => Ok(other),
        };
        let value = match converted {
            Ok(value) => value,
            Err(error) => {
                let id = match error {
                    UnitError::Unknown => "unit-unknown",
                    UnitError::Incompatible => "unit-mismatch",
                    UnitError::Inexact => "unit-inexact",
                };
                let fault = Diagnostic::error(id)
                    .arg("code", code)
                    .arg("found", written_unit.unwrap_or(""))
                    .arg("expected", asked.unwrap_or(""));
                self.faults.push(fault.at(self.file, At::Span(place)));
                return None;
            }
        };
        let foreign = written_unit.is_some_and(|unit| asked.is_some_and(|asked| asked != unit));
        let says_more =
            parsed.special && (foreign || parsed.unit.is_none() || matches!(value, Value::Approximate(..)));
        let written = match (says_more || foreign, unit) {
            (true, Some(unit)) if parsed.unit.is_none() => Some(format!("{}{unit}", text.trim()).into()),
            (true, _) => Some(text.trim().into()),
            (false, _) => None,
        };
        let detail = written.map(|written| Box::new(Detail { written: Some(written), ..Detail::default() }));
        Some(Figure { value, detail })
    }
}

fn mark(entry: &Entry) -> Range<usize> {
    data::mark(entry)
}

fn place(node: &Node, entry: &Entry) -> Range<usize> {
    if node.span.is_empty() { entry.key_span.clone() } else { node.span.clone() }
}
