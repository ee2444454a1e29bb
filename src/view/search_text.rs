//! The search documents of pages: their text is gathered from the view, so search finds what the page says.

use crate::base::text::Localized;
use crate::model::{Agency, AgencyId, RegionId, Report};
use crate::search::{Document, DocumentKind, FacetValue};
use crate::view::components::Cell;
use crate::view::local_portal::LocalPortal;
use crate::view::sections::SectionView;

/// Text for the search index. Search terms never span two of its lines.
#[derive(Debug, Default)]
pub(crate) struct SearchText(String);

impl SearchText {
    /// Adds a line, unless it is empty.
    pub(crate) fn add(&mut self, line: &str) {
        if !line.is_empty() {
            self.0.push_str(line);
            self.0.push('\n');
        }
    }

    /// Adds a label and its figure; the label alone if there is no figure.
    pub(crate) fn figure(&mut self, label: &str, cell: &Cell<'_>, unit: Option<&str>) {
        if !cell.is_value() {
            self.add(label);
            return;
        }
        let unit = unit.or(cell.unit).unwrap_or("");
        let gap = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
        for part in [label, "：", &cell.text, gap, unit] {
            self.0.push_str(part);
        }
        if let Some(written) = cell.written {
            self.0.push('（');
            self.0.push_str(written.text);
            self.0.push('）');
        }
        self.0.push('\n');
    }

    /// Adds the labels and figures of sections.
    pub(crate) fn sections(&mut self, sections: &[SectionView<'_>]) {
        for section in sections {
            self.add(section.title.map_or("", |title| title.text));
            for row in &section.rows {
                match &row.cell {
                    Some(cell) => self.figure(row.label.text, cell, row.unit),
                    None => self.add(row.label.text),
                }
            }
            let Some(table) = &section.table else { continue };
            for row in &table.rows {
                self.add(row.label.text);
                for (cell, column) in row.cells.iter().zip(&table.columns) {
                    if cell.cell.is_value() {
                        self.figure(column.text, &cell.cell, table.unit);
                    }
                }
            }
        }
    }

    /// Returns the text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Returns every text in all its languages, without duplicates.
pub(crate) fn every_name<'n>(texts: impl IntoIterator<Item = &'n Localized>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (_, name) in texts.into_iter().flat_map(Localized::iter) {
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

impl<'a> LocalPortal<'a> {
    /// Returns the search document of a report, without its text.
    pub(crate) fn report_document(&self, report: &'a Report, url: String, title: String) -> Document {
        let agency = &self.site[report.agency];
        let form = &self.site.catalog[report.form];
        let chain = self.region_names(agency.region);
        Document {
            kind: DocumentKind::Report,
            url,
            title,
            note: note(&chain, &report.title),
            year: Some(report.period.year),
            form: Some(value(&form.id, self.text(&form.title).text)),
            ..self.facets(agency)
        }
    }

    /// Returns the search document of an agency, without its text.
    pub(crate) fn agency_document(&self, id: AgencyId, url: String) -> Document {
        let agency = &self.site[id];
        let title = self.text(&agency.name).text.to_owned();
        let others: Vec<Localized> = agency.other_names.iter().map(|name| Localized::plain(name)).collect();
        let own = Localized::plain(&title);
        let names = every_name([&own, &agency.name, &agency.short_name].into_iter().chain(&others));
        let level = self.level(agency).map_or("", |level| level.text);
        let note = note(&self.region_names(agency.region), level);
        Document { kind: DocumentKind::Agency, url, title, note, names, ..self.facets(agency) }
    }

    /// Returns the names of a region and of those around it, the outermost first.
    pub(crate) fn region_names(&self, region: Option<RegionId>) -> String {
        let chain = self.site.region_chain(region).into_iter().map(|id| &self.site[id]);
        let names: Vec<&str> = chain.map(|region| self.text(&region.name).text).collect();
        names.join(self.word("region-separator"))
    }

    /// Returns a region as a value of the region facet.
    pub(crate) fn region_value(&self, region: Option<RegionId>) -> Option<FacetValue> {
        let region = &self.site[region?];
        Some(value(&region.path, self.text(&region.name).text))
    }

    fn facets(&self, agency: &'a Agency) -> Document {
        let name = self.text(agency.brief_name()).text;
        Document {
            region: self.region_value(agency.region),
            agency: Some(value(&agency.path, name)),
            level: agency
                .level
                .as_deref()
                .map(|id| value(id, self.level(agency).map_or(id, |level| level.text))),
            ..Document::default()
        }
    }
}

/// Joins the two halves of the note under a search result.
fn note(place: &str, more: &str) -> String {
    let parts: Vec<&str> = [place, more].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn value(key: &str, name: &str) -> FacetValue {
    FacetValue { key: key.to_owned(), name: name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::components::Text;

    #[test]
    fn a_missing_figure_says_nothing() {
        let mut text = SearchText::default();
        let given = Cell {
            state: "value",
            text: "289".into(),
            written: Some(Text::own("289左右")),
            ..Cell::default()
        };
        let missing = Cell { state: "blank", text: "未填报".into(), ..Cell::default() };
        text.figure("主动公开", &given, Some("条"));
        text.figure("新收申请", &missing, Some("件"));
        text.add("");
        assert_eq!(text.finish(), "主动公开：289条（289左右）\n新收申请\n");
    }

    #[test]
    fn names_come_once() {
        let name = Localized::from_pairs([("zh", "某局"), ("en", "An office")]);
        assert_eq!(every_name([&name, &Localized::plain("某局")]), ["某局", "An office"]);
    }
}
