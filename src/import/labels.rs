//! The labels of a form, and how a document's labels find them.

use rustc_hash::FxHashMap;

use crate::base::data;
use crate::base::text::Localized;
use crate::form::{Form, Indicator, IndicatorIx, Row, SectionBody};

use super::fold;

/// A printed line of a form: an indicator, a table's row, or a heading.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its section's place in the form.
    pub(super) section: usize,
    /// Its code.
    pub(super) code: Box<str>,
    /// What it takes.
    pub(super) takes: Takes,
    /// The lines it stands under, the nearest first.
    pub(super) above: Vec<usize>,
}

impl Line {
    /// The places of its figures.
    pub(super) fn figures(&self) -> impl Iterator<Item = IndicatorIx> + use<> {
        let (first, count) = match self.takes {
            Takes::Nothing => (0, 0),
            Takes::Figure(ix) => (ix.0, 1),
            Takes::Cells(ix, count) => (ix.0, count as u16),
        };
        (first..first + count).map(IndicatorIx)
    }
}

/// What a line takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// No figure: it is a heading.
    Nothing,
    /// One figure.
    Figure(IndicatorIx),
    /// A figure in each column: the first one's place, and how many.
    Cells(IndicatorIx, usize),
}

/// A column of a table: its section's place, its own place.
pub(super) type ColumnAt = (usize, usize);

/// The labels of one form.
pub(super) struct Labels<'f> {
    /// The form.
    pub(super) form: &'f Form,
    /// Its printed lines.
    pub(super) lines: Vec<Line>,
    exact: FxHashMap<String, Vec<usize>>,
    bare: FxHashMap<String, Vec<usize>>,
    codes: FxHashMap<Box<str>, usize>,
    columns: FxHashMap<String, Vec<ColumnAt>>,
    sections: FxHashMap<String, Vec<usize>>,
    /// Rows that are published as tables of their own.
    row_tables: FxHashMap<String, Vec<usize>>,
    /// Headings of wide tables: row and column in one.
    cells: FxHashMap<String, Vec<IndicatorIx>>,
}

/// The part of a form that a table is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scope {
    /// The sections.
    pub(super) sections: Vec<usize>,
    /// The rows, where the table is about single rows.
    pub(super) rows: Vec<usize>,
}

impl<'f> Labels<'f> {
    /// Collects every label of a form, in every language.
    pub(super) fn new(form: &'f Form) -> Self {
        let mut labels = Self {
            form,
            lines: Vec::new(),
            exact: FxHashMap::default(),
            bare: FxHashMap::default(),
            codes: FxHashMap::default(),
            columns: FxHashMap::default(),
            sections: FxHashMap::default(),
            row_tables: FxHashMap::default(),
            cells: FxHashMap::default(),
        };
        for (at, section) in form.sections.iter().enumerate() {
            for name in section
                .title
                .iter()
                .map(|(_, title)| title)
                .chain(section.aliases.iter().map(|alias| &**alias))
            {
                for key in title_keys(name) {
                    add(&mut labels.sections, key, at);
                }
            }
            match &section.body {
                SectionBody::Prose => {}
                SectionBody::List(indicators) => {
                    for ix in indicators {
                        if let Some(indicator) = form.indicator(*ix) {
                            let takes =
                                if indicator.unit.is_some() { Takes::Figure(*ix) } else { Takes::Nothing };
                            labels.line(at, indicator, &indicator.code, takes);
                            if let Takes::Figure(ix) = takes {
                                labels.heading(indicator, ix);
                            }
                        }
                    }
                }
                SectionBody::Table(table) => {
                    for (column, spec) in table.columns.iter().enumerate() {
                        for (_, label) in spec.label.iter() {
                            add(&mut labels.columns, fold::full_key(label), (at, column));
                        }
                        add(&mut labels.columns, spec.code.to_string(), (at, column));
                    }
                    for row in &table.rows {
                        labels.row(at, row, table.columns.len());
                    }
                }
            }
        }
        labels
    }

    fn row(&mut self, section: usize, row: &Row, columns: usize) {
        let form = self.form;
        let first = row.first.or_else(|| form.find(&row.code));
        let Some(indicator) = first.and_then(|ix| form.indicator(ix)) else { return };
        let takes = row.first.map_or(Takes::Nothing, |first| Takes::Cells(first, columns));
        self.line(section, indicator, &row.code, takes);
        let Some(first) = row.first else { return };
        let line = self.lines.len() - 1;
        for alias in &indicator.aliases {
            for key in title_keys(alias) {
                add(&mut self.row_tables, key, line);
            }
        }
        for column in 0..columns {
            let ix = IndicatorIx(first.0 + column as u16);
            if let Some(cell) = form.indicator(ix) {
                self.heading(cell, ix);
            }
        }
    }

    fn line(&mut self, section: usize, indicator: &Indicator, code: &str, takes: Takes) {
        let at = self.lines.len();
        let depths: Vec<(usize, u8)> = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.section == section)
            .map(|(at, line)| (at, self.depth(line)))
            .collect();
        let mut above = Vec::new();
        let mut depth = indicator.depth;
        let mut rest = depths.as_slice();
        while let Some(next) = rest.iter().rposition(|(_, other)| *other < depth) {
            if let Some((line, shallower)) = rest.get(next) {
                above.push(*line);
                depth = *shallower;
            }
            rest = rest.get(..next).unwrap_or(&[]);
        }
        self.lines.push(Line { section, code: code.into(), takes, above });
        self.codes.insert(code.into(), at);
        let names = indicator
            .label
            .iter()
            .map(|(_, label)| label)
            .chain(indicator.aliases.iter().map(|alias| &**alias));
        for name in names {
            add(&mut self.exact, fold::key(name), at);
            add(&mut self.bare, fold::bare_key(name), at);
            // `行政诉讼：复议后起诉` stands as `复议后起诉` under a merged `行政诉讼`.
            if let Some((_, last)) = name.split_once(['：', ':']).filter(|(_, last)| last.chars().count() > 3)
            {
                add(&mut self.bare, fold::key(last), at);
            }
        }
    }

    fn depth(&self, line: &Line) -> u8 {
        let form = self.form;
        let ix = match line.takes {
            Takes::Figure(ix) | Takes::Cells(ix, _) => Some(ix),
            Takes::Nothing => form.find(&line.code),
        };
        ix.and_then(|ix| form.indicator(ix)).map_or(0, |indicator| indicator.depth)
    }

    /// The headings under which wide tables may carry a figure.
    fn heading(&mut self, indicator: &Indicator, ix: IndicatorIx) {
        add(&mut self.cells, indicator.code.to_lowercase(), ix);
        let texts = |text: &Localized| text.iter().map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
        let columns = texts(&indicator.column);
        let labels: Vec<String> = texts(&indicator.label)
            .into_iter()
            .chain(indicator.aliases.iter().map(ToString::to_string))
            .collect();
        for name in texts(&indicator.name) {
            add(&mut self.cells, fold::key(&name), ix);
        }
        for label in &labels {
            if columns.is_empty() {
                add(&mut self.cells, fold::key(label), ix);
                add(&mut self.cells, fold::bare_key(label), ix);
            }
            for column in &columns {
                add(&mut self.cells, fold::key(&format!("{label}{column}")), ix);
                add(&mut self.cells, fold::key(&format!("{}{column}", crate::form::plain_name(label))), ix);
            }
        }
    }

    /// The lines that a label may mean: those it equals, else those it equals without remarks.
    pub(super) fn lines(&self, text: &str) -> &[usize] {
        if text.len() > fold::LONGEST {
            return &[];
        }
        if let Some(line) = self.codes.get(text.trim()) {
            return std::slice::from_ref(line);
        }
        let found =
            |map: &'_ FxHashMap<String, Vec<usize>>, key: &str| !key.is_empty() && map.contains_key(key);
        let key = fold::key(text);
        if found(&self.exact, &key) {
            return self.exact.get(&key).map_or(&[], Vec::as_slice);
        }
        let bare = fold::bare_key(text);
        let map = if found(&self.exact, &bare) { &self.exact } else { &self.bare };
        [key, bare].iter().find_map(|key| map.get(key)).map_or(&[], Vec::as_slice)
    }

    /// The columns that a heading may mean.
    pub(super) fn columns(&self, text: &str) -> &[ColumnAt] {
        if text.len() > fold::LONGEST {
            return &[];
        }
        if let Some(found) = self.columns.get(text.trim()) {
            return found;
        }
        let key = fold::full_key(text);
        if let Some(found) = self.columns.get(&key).filter(|_| !key.is_empty()) {
            return found;
        }
        self.columns.get(&fold::bare_key(text)).map_or(&[], Vec::as_slice)
    }

    /// Whether a text is printed exactly like this as a line, numbering included.
    pub(super) fn is_numbered_line(&self, text: &str) -> bool {
        let full = fold::full_key(text);
        let same = |line: &usize| {
            let code = self.lines.get(*line).map_or("", |line| &line.code);
            let indicator =
                self.form.find(code).or_else(|| self.form.row(code).and_then(|(_, row)| row.first));
            let label = indicator.and_then(|ix| self.form.indicator(ix)).map(|indicator| &indicator.label);
            label.is_some_and(|label| label.iter().any(|(_, label)| fold::full_key(label) == full))
        };
        self.lines(text).iter().any(same)
    }

    /// The sections that a title may mean.
    pub(super) fn sections(&self, text: &str) -> &[usize] {
        if text.len() > fold::LONGEST {
            return &[];
        }
        let key = fold::key(text);
        self.sections.get(&key).map_or(&[], Vec::as_slice)
    }

    /// What a table is about, by its titles: a file's name, a sheet's, the line above it.
    pub(super) fn scope<'t>(&self, titles: impl IntoIterator<Item = &'t str>) -> Scope {
        for title in titles {
            for key in title_keys(title) {
                let sections = self.sections.get(&key).cloned().unwrap_or_default();
                let rows = self.row_tables.get(&key).cloned().unwrap_or_default();
                if !sections.is_empty() || !rows.is_empty() {
                    return Scope { sections, rows };
                }
            }
        }
        Scope::default()
    }

    /// The figures that a heading of a wide table may mean.
    pub(super) fn headings(&self, text: &str, scope: &Scope) -> Vec<IndicatorIx> {
        for line in scope.rows.iter().filter_map(|row| self.lines.get(*row)) {
            let Takes::Cells(first, _) = line.takes else { continue };
            let of_section = |(section, _): &&ColumnAt| *section == line.section;
            if let Some((_, column)) = self.columns(text).iter().find(of_section) {
                return vec![IndicatorIx(first.0 + *column as u16)];
            }
        }
        let keys = [text.trim().to_lowercase(), fold::key(text), fold::bare_key(text)];
        let found = keys.iter().filter(|key| !key.is_empty()).find_map(|key| self.cells.get(key));
        let found = found.cloned().unwrap_or_default();
        if scope.sections.is_empty() {
            return found;
        }
        let inside = |ix: &IndicatorIx| scope.sections.iter().any(|section| self.holds(*section, *ix));
        found.iter().copied().filter(inside).collect()
    }

    fn holds(&self, section: usize, ix: IndicatorIx) -> bool {
        self.lines.iter().filter(|line| line.section == section).any(|line| match line.takes {
            Takes::Figure(own) => own == ix,
            Takes::Cells(first, count) => (first.0..first.0 + count as u16).contains(&ix.0),
            Takes::Nothing => false,
        })
    }

    /// The official label nearest to an unknown one.
    pub(super) fn suggest(&self, text: &str) -> Option<&str> {
        if text.len() > fold::LONGEST {
            return None;
        }
        let key = fold::bare_key(text);
        let mut known: Vec<(&String, &Vec<usize>)> = self.bare.iter().collect();
        known.sort();
        let near = data::nearest(&key, known.iter().map(|(key, _)| key.as_str()))?;
        let line = self.lines.get(*self.bare.get(near)?.first()?)?;
        let indicator = match line.takes {
            Takes::Figure(ix) | Takes::Cells(ix, _) => self.form.indicator(ix),
            Takes::Nothing => self.form.find(&line.code).and_then(|ix| self.form.indicator(ix)),
        };
        indicator?.label.iter().next().map(|(_, label)| label)
    }
}

/// The keys of a title: itself, without numbering such as `V.A.`, what stands behind a colon.
fn title_keys(title: &str) -> Vec<String> {
    let is_number = |word: &str| {
        word.ends_with(['.', ')'])
            && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || ".()".contains(c))
    };
    let mut keys = vec![fold::key(title)];
    if let Some((_, rest)) = title.trim().split_once(' ').filter(|(word, _)| is_number(word)) {
        keys.push(fold::key(rest));
    }
    if let Some((_, last)) = title.split_once('：').filter(|(_, last)| !last.trim().is_empty()) {
        keys.push(fold::key(last));
    }
    keys.retain(|key| !key.is_empty());
    keys.dedup();
    keys
}

fn add<T: PartialEq>(map: &mut FxHashMap<String, Vec<T>>, key: String, value: T) {
    if key.is_empty() {
        return;
    }
    let known = map.entry(key).or_default();
    if !known.contains(&value) {
        known.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    fn with(form: &str, check: impl FnOnce(&Labels<'_>)) {
        let (catalog, _) = load::catalog(&[]);
        let form = catalog.form(catalog.find_form(form).unwrap()).unwrap();
        check(&Labels::new(form));
    }

    fn codes(labels: &Labels<'_>, lines: &[usize]) -> Vec<String> {
        lines.iter().map(|line| labels.lines[*line].code.to_string()).collect()
    }

    #[test]
    fn labels_are_found_however_they_are_printed() {
        with("zj-2012", |labels| {
            let code = |text: &str| codes(labels, labels.lines(text));
            assert_eq!(code("(一)通过政府网站公开数"), ["proactive_web"]);
            assert_eq!(code("其中:涉及国家秘密"), ["ans_refused_state_secret"]);
            assert_eq!(code("1、维持具体行政行为数"), ["review_upheld", "lit_upheld"]);
            assert_eq!(code("proactive_total"), ["proactive_total"]);
            assert!(code("他其信息").is_empty());
            assert!(code("").is_empty());
            let line = &labels.lines[labels.lines("其中：涉及国家秘密")[0]];
            assert_eq!(codes(labels, &line.above), ["ans_refused", "req_answered", "requests_total"]);
        });
        with("gb-2021", |labels| {
            let code = |text: &str| codes(labels, labels.lines(text));
            assert_eq!(code("行政规范性文件(行政机关制定发布的决定、公告)"), ["normdoc"]);
            assert_eq!(code("复议后起诉"), ["lit_after_review"]);
            assert_eq!(code("（二）部分公开"), ["res_partial"]);
            assert_eq!(labels.columns("本年废止\n件数"), [(1, 1)]);
            assert!(labels.is_numbered_line("(七)总计"));
            assert!(!labels.is_numbered_line("总计"));
        });
    }

    #[test]
    fn a_typing_error_is_answered_with_a_suggestion() {
        with("zj-2012", |labels| {
            assert_eq!(labels.suggest("(二)召开新文发布会次数"), Some("（二）召开新闻发布会次数"));
            assert_eq!(labels.suggest("完全不同的一行字"), None);
        });
    }

    #[test]
    fn headings_of_wide_tables_depend_on_the_table() {
        with("us-foia", |labels| {
            let code = |heading: &str, title: &str| {
                let found = labels.headings(heading, &labels.scope([title]));
                found
                    .iter()
                    .map(|ix| labels.form.indicator(*ix).unwrap().code.to_string())
                    .collect::<Vec<_>>()
            };
            assert_eq!(code("Number Granted", "requests-for-fee-waiver"), ["waiver_granted"]);
            assert_eq!(code("Number Granted", "requests-for-expedited-processing"), ["expedited_granted"]);
            assert_eq!(code("Number Granted", "").len(), 2);
            assert_eq!(
                code("Ex. 7(A)", "disposition-of-foia-requests-number-of-times-exemptions-applied"),
                ["ex_7a"]
            );
            let response = "processed-requests-response-time-for-all-processed-perfected-requests";
            assert_eq!(code("Simple - Median Number of Days", response), ["response_simple__median"]);
            let increments = "processed-requests-response-time-in-day-increments-simple-requests";
            assert_eq!(code("<1-20 Days", increments), ["increments_simple__to_20"]);
            assert_eq!(code("Total", increments), ["increments_simple__total"]);
            assert_eq!(
                code("Processing Costs", "foia-costs-and-fees-collected-for-processing-requests"),
                ["costs_processing"]
            );
            assert_eq!(
                code("Percentage of Total Costs", "foia-costs-and-fees-collected-for-processing-requests"),
                ["fees_share"]
            );
        });
    }
}
