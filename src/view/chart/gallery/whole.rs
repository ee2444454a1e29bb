//! Charts of a whole and its parts.

use crate::chart::{self, Category, Hue, SankeyChart, WaffleChart};
use crate::form::Role;
use crate::view::chart::ChartView;

use super::{Case, Room, data};

impl<'a> Room<'a, '_> {
    /// What became of requests, and where they came from.
    fn ends(&self, figures: &str, are_outcomes: bool) -> Vec<Category> {
        let catalog = &self.edition.site.catalog;
        let of_role = |role| {
            let series = catalog.series(catalog.find_role(role)?)?;
            Some(series.title.get(&self.edition.locale.lang).to_owned())
        };
        let mut names = if are_outcomes { self.names(true) } else { Vec::new() };
        names.truncate(6);
        let others: &[Role] =
            if are_outcomes { &[Role::CarriedOut] } else { &[Role::Received, Role::CarriedIn] };
        names.extend(others.iter().filter_map(|role| of_role(*role)));
        let end = |(at, (name, datum))| Category {
            name,
            hue: match (are_outcomes, at) {
                (true, 0..6) => Hue::category(at),
                (false, 0) => Hue::category(5),
                _ => Hue::CONTEXT,
            },
            datum,
        };
        names.into_iter().zip(data(figures)).enumerate().map(end).collect()
    }

    pub(super) fn flow(&self, case: Case) -> ChartView<'a> {
        let sources = self.ends(case.pick(["380 22", "59237 1", "380 ."]), false);
        let outcomes =
            self.ends(case.pick(["202 49 35 79 21 0 16", "59231 1 1 1 1 1 2", "202 49 35 79 21 0 16"]), true);
        let rows = sources.iter().chain(&outcomes);
        let rows = rows.map(|end| (end.name.clone(), vec![end.datum.clone()])).collect();
        let table = self.of_names(rows, "column-indicator", "件");
        let middle = self.edition.word("chart-flow-middle");
        self.figure(("flow", "gallery-flow"), case, &table, |frame| {
            let chart = SankeyChart { sources: &sources, middle, outcomes: &outcomes };
            chart::sankey(&chart, frame).unwrap_or_default()
        })
    }

    pub(super) fn waffle(&self, case: Case) -> ChartView<'a> {
        let parts =
            self.ends(case.pick(["202 49 35 79 21 16", "59231 1 1 1 1 1", "202 49 . 79 21 16"]), true);
        let rows = parts.iter().map(|end| (end.name.clone(), vec![end.datum.clone()])).collect();
        let table = self.of_names(rows, "column-indicator", "件");
        self.figure(("waffle", "gallery-waffle"), case, &table, |frame| {
            chart::waffle(&WaffleChart { parts: &parts }, frame)
        })
    }
}
