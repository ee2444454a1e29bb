//! The portal in one language: facts with the words, names and links of that language.

use std::ops::Deref;

use crate::base::diagnostic::{Arg, Message};
use crate::base::text::{Lang, Localized};
use crate::form::{Form, Indicator, Series, SeriesIx};
use crate::model::{Agency, Region, RegionId, Report, ReportId, Scope};
use crate::plan::links::{PageLinks, Roots};
use crate::view::components::{Crumb, ExplainedWord, Link, NamedLink, Text};
use crate::view::locale::Locale;
use crate::view::portal::Portal;

/// Everything a page may show, in one language.
#[derive(Clone, Copy)]
pub(crate) struct LocalPortal<'a> {
    pub(crate) portal: Portal<'a>,
    pub(crate) roots: &'a Roots,
    pub(crate) locale: &'a Locale,
    /// The name of the one agency that charts are about, on pages that are not its own.
    pub(crate) chart_agency: Option<&'a str>,
    /// Whose reports the figures of charts come from.
    pub(crate) sources: FigureSources<'a>,
}

impl<'a> Deref for LocalPortal<'a> {
    type Target = Portal<'a>;

    fn deref(&self) -> &Portal<'a> {
        &self.portal
    }
}

/// The reports that figures come from.
#[derive(Clone, Copy)]
pub(crate) enum FigureSources<'a> {
    Many,
    Agency(&'a Agency),
    Report(&'a Report),
}

impl<'a> LocalPortal<'a> {
    /// Returns the addresses of this language's pages.
    pub(crate) fn links(&self) -> PageLinks<'a> {
        PageLinks { roots: self.roots, prefix: &self.locale.prefix, site: self.site }
    }

    /// Returns a string of the theme that takes no arguments.
    pub(crate) fn word(&self, id: &'static str) -> &'a str {
        self.locale.text(id)
    }

    /// Formats a string of the theme.
    pub(crate) fn say(&self, id: &'static str, args: &[(&'static str, Arg)]) -> String {
        self.locale.say(&Message { id, args: args.to_vec() })
    }

    /// Returns a text in this language, or else in one that it has.
    pub(crate) fn text(&self, text: &'a Localized) -> Text<'a> {
        let lang = &self.locale.lang;
        Text { text: text.get(lang), lang: text.foreign(lang).filter(|tag| !tag.is_empty()) }
    }

    /// The same; `None` if there is no text.
    pub(crate) fn some_text(&self, text: &'a Localized) -> Option<Text<'a>> {
        (!text.is_empty()).then(|| self.text(text))
    }

    /// Formats years, joining three or more in a row: `2011–2017`.
    pub(crate) fn spans(&self, years: impl Iterator<Item = i16>) -> Vec<String> {
        let mut spans: Vec<(i16, i16)> = Vec::new();
        for year in years {
            match spans.last_mut() {
                Some((_, last)) if *last + 1 == year => *last = year,
                _ => spans.push((year, year)),
            }
        }
        let said = spans.into_iter().flat_map(|(first, last)| match last - first {
            0 | 1 => (first..=last).map(|year| year.to_string()).collect(),
            _ => vec![self.span(first, last)],
        });
        said.collect()
    }

    /// Formats a span of years within a sentence.
    pub(crate) fn span(&self, first: i16, last: i16) -> String {
        self.say("years-span", &[("first", first.to_string().into()), ("last", last.to_string().into())])
    }

    /// Formats a span of years that stands alone.
    pub(crate) fn years(&self, first: i16, last: i16) -> String {
        let years = [("first", first.to_string().into()), ("last", last.to_string().into())];
        self.say("years-span-named", &years)
    }

    /// Returns the language of a file's text, if it is not that of the page. A file that declares none is
    /// written in the site's main language.
    pub(crate) fn foreign<'t>(&self, lang: Option<&'t str>) -> Option<&'t str>
    where
        'a: 't,
    {
        let lang = lang.unwrap_or_else(|| self.config.main_language().tag());
        (Lang::new(lang).primary() != self.locale.lang.primary()).then_some(lang)
    }

    /// Marks words of a file with its language. Bare numbers have no language.
    pub(crate) fn quote(&self, text: &'a str, lang: Option<&'a str>) -> Text<'a> {
        let has_words = text.contains(char::is_alphabetic);
        Text { text, lang: self.foreign(lang).filter(|_| has_words) }
    }

    /// Returns the name of a unit.
    pub(crate) fn unit(&self, symbol: &'a str) -> &'a str {
        self.site.catalog.units.get(symbol).map_or(symbol, |unit| unit.name.get(&self.locale.lang))
    }

    /// Returns the name of a unit as it follows a figure: some languages have another word after one.
    pub(crate) fn unit_for(&self, figure: &str, symbol: &'a str) -> &'a str {
        let of_one =
            |unit: &'a crate::figure::Unit| unit.one.exact(&self.locale.lang).filter(|_| figure == "1");
        let unit = self.site.catalog.units.get(symbol);
        unit.and_then(of_one).unwrap_or_else(|| self.unit(symbol))
    }

    /// Appends the unit to a formatted figure; a percentage already has its sign.
    pub(crate) fn with_unit(&self, figure: &str, symbol: &'a str) -> String {
        if figure.ends_with('%') || symbol == "%" || symbol.is_empty() {
            return figure.to_owned();
        }
        format!("{figure}{}{}", self.locale.unit_gap(), self.unit_for(figure, symbol))
    }

    /// Returns an indicator's label; for a cell of a table, those of its row and column.
    pub(crate) fn label(&self, indicator: &'a Indicator) -> String {
        let label = indicator.label.get(&self.locale.lang);
        let column = indicator.column.get(&self.locale.lang);
        if column.is_empty() { label.to_owned() } else { format!("{label} · {column}") }
    }

    /// Returns the name of an agency's level.
    pub(crate) fn level(&self, agency: &'a Agency) -> Option<Text<'a>> {
        let id = agency.level.as_deref()?;
        Some(self.config.level(id).map_or(Text::own(id), |(_, level)| self.text(&level.name)))
    }

    /// Formats the period of a report: `2012年`, `2012`.
    pub(crate) fn period(&self, report: &Report) -> String {
        let id = if report.period.is_year() { "period-year" } else { "period-other" };
        self.say(id, &[("period", report.period.to_string().into())])
    }

    /// Formats a year.
    pub(crate) fn year(&self, year: i16) -> String {
        self.say("period-year", &[("period", year.to_string().into())])
    }

    /// Returns the name of a report's scope.
    pub(crate) fn scope(&self, scope: Scope) -> &'a str {
        self.word(match scope {
            Scope::Own => "scope-own",
            Scope::Consolidated => "scope-consolidated",
        })
    }

    /// Names a report by its period, and by its scope if it is consolidated: `2012年`.
    pub(crate) fn report_name(&self, report: &Report) -> String {
        let period = self.period(report);
        match report.scope {
            Scope::Own => period,
            Scope::Consolidated => format!("{period} {}", self.scope(report.scope)),
        }
    }

    /// Names a report by its agency and period, for titles and lists.
    pub(crate) fn report_title(&self, report: &Report) -> String {
        let agency = self.site[report.agency].name.get(&self.locale.lang);
        format!("{agency} {}", self.report_name(report))
    }

    pub(crate) fn region_link(&self, region: &'a Region) -> Link<'a> {
        Link { name: self.text(&region.name), url: self.links().region(region) }
    }

    pub(crate) fn agency_link(&self, agency: &'a Agency) -> Link<'a> {
        Link { name: self.text(&agency.name), url: self.links().agency(agency) }
    }

    pub(crate) fn form_link(&self, form: &'a Form) -> Link<'a> {
        Link { name: self.text(&form.title), url: self.links().form(form) }
    }

    /// Returns a link to a report, named by its period.
    pub(crate) fn report_link(&self, report: &Report) -> NamedLink {
        NamedLink { name: self.report_name(report), url: self.links().report(report) }
    }

    pub(crate) fn series_link(&self, series: &'a Series) -> Link<'a> {
        Link { name: self.text(&series.title), url: self.links().indicator(series) }
    }

    /// Returns the name of a group of series.
    pub(crate) fn group_name(&self, group: &'a str) -> &'a str {
        self.locale.text_or(&format!("series-group-{group}"), group)
    }

    /// Returns words with their explanations, from ids and the strings for word and explanation.
    pub(crate) fn explained(
        &self,
        words: &[(&'static str, &'static str, &'static str)],
    ) -> Vec<ExplainedWord<'a>> {
        let word = |(id, word, about)| ExplainedWord { id, word: self.word(word), about: self.word(about) };
        words.iter().copied().map(word).collect()
    }

    /// Returns the series that have figures by group, in the order of the catalogue.
    pub(crate) fn series_groups(&self) -> Vec<(&'a str, Vec<(SeriesIx, &'a Series)>)> {
        let mut groups: Vec<(&'a str, Vec<(SeriesIx, &'a Series)>)> = Vec::new();
        for (ix, series) in self.derived.series(self.site) {
            match groups.iter_mut().find(|(group, _)| **group == *series.group) {
                Some((_, members)) => members.push((ix, series)),
                None => groups.push((&series.group, vec![(ix, series)])),
            }
        }
        groups
    }

    /// Returns how many findings of a report no editor has accepted.
    pub(crate) fn open_findings(&self, id: ReportId) -> usize {
        self.findings.of(id).iter().filter(|finding| finding.is_open()).count()
    }

    /// Returns the crumbs from the home page to a region, itself included.
    pub(crate) fn region_crumbs(&self, region: Option<RegionId>) -> Vec<Crumb<'a>> {
        let home = Crumb::to(Text::own(self.word("nav-home")), self.links().page(""));
        let regions = self.site.region_chain(region).into_iter().map(|id| &self.site[id]);
        let steps = regions.map(|region| Crumb::to(self.text(&region.name), self.links().region(region)));
        std::iter::once(home).chain(steps).collect()
    }

    /// Returns the crumbs from the home page to an agency, itself included.
    pub(crate) fn agency_crumbs(&self, agency: &'a Agency) -> Vec<Crumb<'a>> {
        let mut crumbs = self.region_crumbs(agency.region);
        crumbs.push(Crumb::to(self.text(agency.brief_name()), self.links().agency(agency)));
        crumbs
    }

    /// Returns the crumbs from the home page to one of the portal's lists, itself included. `name` is the
    /// id of the string that names it.
    pub(crate) fn list_crumbs(&self, name: &'static str, path: &str) -> Vec<Crumb<'a>> {
        let mut crumbs = self.region_crumbs(None);
        crumbs.push(Crumb::to(Text::own(self.word(name)), self.links().page(path)));
        crumbs
    }
}
