//! Forms that extend another: merges both files, and finds in which of them a line stands.

use crate::base::diagnostic::{DataPath, Step};
use crate::base::text::Localized;

use super::spec::FormSpec;

impl FormSpec {
    /// Merges `self` into `base`: base sections first, what sections of the same id add at their end.
    #[must_use]
    pub fn extending(self, base: &Self) -> Self {
        let mut sections = base.sections.clone();
        for section in self.sections {
            match sections.iter_mut().find(|known| known.id == section.id) {
                Some(known) => {
                    known.aliases.extend(section.aliases);
                    known.indicators.extend(section.indicators);
                    match (&mut known.table, section.table) {
                        (Some(table), Some(more)) => table.rows.extend(more.rows),
                        (table @ None, Some(more)) => *table = Some(more),
                        (_, None) => {}
                    }
                }
                None => sections.push(section),
            }
        }
        let or = |own: Localized, base: &Localized| if own.is_empty() { base.clone() } else { own };
        Self {
            id: self.id,
            extends: None,
            title: or(self.title, &base.title),
            issuer: or(self.issuer, &base.issuer),
            number: self.number.or_else(|| base.number.clone()),
            note: or(self.note, &base.note),
            years: if self.years.from.is_none() && self.years.to.is_none() {
                base.years.clone()
            } else {
                self.years
            },
            deadline: self.deadline.or_else(|| base.deadline.clone()),
            sections,
            rules: base.rules.iter().cloned().chain(self.rules).collect(),
        }
    }

    /// Turns a path through the merged form into a path through the file of `self`, whose lines come
    /// after those of its base. A path to a line of the base becomes one to `extends`.
    pub fn own_path(&self, base: &Self, path: DataPath) -> DataPath {
        let mut own = path;
        match self.shift(base, &mut own.0) {
            Some(()) => own,
            None => DataPath::keys(&["extends"]),
        }
    }

    fn shift(&self, base: &Self, steps: &mut [Step]) -> Option<()> {
        match steps {
            [Step::Key(list), Step::Index(at), ..] if &**list == "rules" => {
                *at = at.checked_sub(base.rules.len())?;
            }
            [Step::Key(list), Step::Index(at), inner @ ..] if &**list == "sections" => {
                let is_added = |id: &str| base.sections.iter().all(|known| known.id != id);
                let mut added = self.sections.iter().filter(|section| is_added(&section.id));
                let extended = base.sections.get(*at);
                let section = extended.or_else(|| added.nth(at.checked_sub(base.sections.len())?))?;
                *at = self.sections.iter().position(|own| own.id == section.id)?;
                match (inner, extended) {
                    ([Step::Key(list), Step::Index(line), ..], Some(known)) if &**list == "indicators" => {
                        *line = line.checked_sub(known.indicators.len())?;
                    }
                    ([Step::Key(_), Step::Key(list), Step::Index(row), ..], Some(known))
                        if &**list == "rows" =>
                    {
                        *row = row.checked_sub(known.table.as_ref().map_or(0, |table| table.rows.len()))?;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        Some(())
    }
}
