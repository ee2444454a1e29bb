//! The portal in one language, as the pages look at it.

use std::ops::Deref;

use crate::base::diagnostic::{Arg, Message};
use crate::base::text::{Lang, Localized};
use crate::form::{Indicator, Series, SeriesIx};
use crate::model::{Agency, Region, RegionId, Report, Scope};
use crate::plan::links::{Links, Roots};
use crate::view::components::{Crumb, Link, Text};
use crate::view::locale::Locale;
use crate::view::portal::Portal;

/// Everything a page may look at, in the language it is written in.
#[derive(Clone, Copy)]
pub(crate) struct LocalPortal<'a> {
    pub(crate) portal: Portal<'a>,
    pub(crate) roots: &'a Roots,
    pub(crate) locale: &'a Locale,
    /// The agency that charts show, where they stand on a page that is not its own.
    pub(crate) whose: Option<&'a str>,
    /// Where the figures of charts are from.
    pub(crate) sources: Sources<'a>,
}

impl<'a> Deref for LocalPortal<'a> {
    type Target = Portal<'a>;

    fn deref(&self) -> &Portal<'a> {
        &self.portal
    }
}

/// Where figures are from.
#[derive(Clone, Copy)]
pub(crate) enum Sources<'a> {
    /// The reports of several agencies.
    Many,
    /// The reports of one.
    Agency(&'a Agency),
    /// One report.
    Report(&'a Report),
}

impl<'a> LocalPortal<'a> {
    /// The addresses of this language's pages.
    pub(crate) fn links(&self) -> Links<'a> {
        Links { roots: self.roots, prefix: &self.locale.prefix, site: self.site }
    }

    /// A word of the theme.
    pub(crate) fn word(&self, id: &'static str) -> &'a str {
        self.locale.text(id)
    }

    /// A sentence of the theme.
    pub(crate) fn say(&self, id: &'static str, args: &[(&'static str, Arg)]) -> String {
        self.locale.say(&Message { id, args: args.to_vec() })
    }

    /// A text in this language, or in the one it has.
    pub(crate) fn text(&self, text: &'a Localized) -> Text<'a> {
        Text::of(text, &self.locale.lang)
    }

    /// The same, where there is any text.
    pub(crate) fn some_text(&self, text: &'a Localized) -> Option<Text<'a>> {
        Text::some(text, &self.locale.lang)
    }

    /// Years, three or more in a row as a span: 2011–2017.
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

    /// The years from one to another, within a sentence.
    pub(crate) fn span(&self, first: i16, last: i16) -> String {
        self.say("years-span", &[("first", first.to_string().into()), ("last", last.to_string().into())])
    }

    /// The same where they stand alone.
    pub(crate) fn years(&self, first: i16, last: i16) -> String {
        let years = [("first", first.to_string().into()), ("last", last.to_string().into())];
        self.say("years-span-named", &years)
    }

    /// The language of what a file says, where it is another than the page's. A file that names none is
    /// written in the site's first.
    pub(crate) fn foreign<'t>(&self, lang: Option<&'t str>) -> Option<&'t str>
    where
        'a: 't,
    {
        let lang = lang.unwrap_or_else(|| self.config.main_language().tag());
        (Lang::new(lang).primary() != self.locale.lang.primary()).then_some(lang)
    }

    /// Words of a file in the language that it is written in. Bare numbers are in none.
    pub(crate) fn quote(&self, text: &'a str, lang: Option<&'a str>) -> Text<'a> {
        let has_words = text.contains(char::is_alphabetic);
        Text { text, lang: self.foreign(lang).filter(|_| has_words) }
    }

    /// The name of a unit.
    pub(crate) fn unit(&self, symbol: &'a str) -> &'a str {
        self.site.catalog.units.get(symbol).map_or(symbol, |unit| unit.name.get(&self.locale.lang))
    }

    /// The name of a unit beside a figure as it is shown: some languages count one by another word.
    pub(crate) fn unit_for(&self, figure: &str, symbol: &'a str) -> &'a str {
        let of_one =
            |unit: &'a crate::figure::Unit| unit.one.exact(&self.locale.lang).filter(|_| figure == "1");
        let unit = self.site.catalog.units.get(symbol);
        unit.and_then(of_one).unwrap_or_else(|| self.unit(symbol))
    }

    /// A figure as it is shown with its unit behind it; a percentage has its own sign.
    pub(crate) fn with_unit(&self, figure: &str, symbol: &'a str) -> String {
        if figure.ends_with('%') || symbol == "%" || symbol.is_empty() {
            return figure.to_owned();
        }
        format!("{figure}{}{}", self.locale.unit_gap(), self.unit_for(figure, symbol))
    }

    /// An indicator's label; for a cell of a table its row's and its column's.
    pub(crate) fn label(&self, indicator: &'a Indicator) -> String {
        let label = indicator.label.get(&self.locale.lang);
        let column = indicator.column.get(&self.locale.lang);
        if column.is_empty() { label.to_owned() } else { format!("{label} · {column}") }
    }

    /// The name of a level of agencies.
    pub(crate) fn level(&self, agency: &'a Agency) -> Option<Text<'a>> {
        let id = agency.level.as_deref()?;
        Some(self.config.level(id).map_or(Text::own(id), |(_, level)| self.text(&level.name)))
    }

    /// A period as the language writes it: `2012年`, `2012`.
    pub(crate) fn period(&self, report: &Report) -> String {
        let id = if report.period.is_year() { "period-year" } else { "period-other" };
        self.say(id, &[("period", report.period.to_string().into())])
    }

    /// A year as the language writes it.
    pub(crate) fn year(&self, year: i16) -> String {
        self.say("period-year", &[("period", year.to_string().into())])
    }

    /// For whom a report speaks, in a word.
    pub(crate) fn scope(&self, scope: Scope) -> &'a str {
        self.word(match scope {
            Scope::Own => "scope-own",
            Scope::Consolidated => "scope-consolidated",
        })
    }

    /// A report by its period, with its scope where it speaks for others too: `2012年`.
    pub(crate) fn report_name(&self, report: &Report) -> String {
        let period = self.period(report);
        match report.scope {
            Scope::Own => period,
            Scope::Consolidated => format!("{period} {}", self.scope(report.scope)),
        }
    }

    /// A report's title for windows and lists: its agency and what it covers.
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

    pub(crate) fn series_link(&self, series: &'a Series) -> Link<'a> {
        Link { name: self.text(&series.title), url: self.links().indicator(series) }
    }

    /// The name of a group of series.
    pub(crate) fn group_name(&self, group: &'a str) -> &'a str {
        self.locale.text_or(&format!("series-group-{group}"), group)
    }

    /// The series that have figures, by their groups, in the order of the catalogue.
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

    /// The way from the home page to a region, itself included.
    pub(crate) fn way_to_region(&self, region: Option<RegionId>) -> Vec<Crumb<'a>> {
        let home = Crumb::to(Text::own(self.word("nav-home")), self.links().page(""));
        let regions = self.site.region_chain(region).into_iter().map(|id| &self.site[id]);
        let steps = regions.map(|region| Crumb::to(self.text(&region.name), self.links().region(region)));
        std::iter::once(home).chain(steps).collect()
    }

    /// The way from the home page to an agency, itself included.
    pub(crate) fn way_to_agency(&self, agency: &'a Agency) -> Vec<Crumb<'a>> {
        let mut way = self.way_to_region(agency.region);
        way.push(Crumb::to(self.text(agency.brief_name()), self.links().agency(agency)));
        way
    }

    /// The way from the home page to one of the portal's lists.
    pub(crate) fn way_to(&self, name: &'static str, path: &str) -> Vec<Crumb<'a>> {
        let mut way = self.way_to_region(None);
        way.push(Crumb::to(Text::own(self.word(name)), self.links().page(path)));
        way
    }
}
