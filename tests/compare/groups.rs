//! Counts files, and puts differences that are the same change into one group.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compare::Outcome;
use crate::difference::{Difference, Drawings, Kind, What};
use crate::tree::Pair;

/// Changes at one kind of place that differ in their texts are listed on their own up to this many.
const OWN_GROUPS: usize = 4;
/// How many examples of a group are kept.
const EXAMPLES: usize = 3;
/// How many files of a group are named.
const FILES: usize = 5;

/// How many files are the same, differ, or are in one site only.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) same: usize,
    pub(crate) aside: usize,
    pub(crate) differ: usize,
    pub(crate) only_old: usize,
    pub(crate) only_new: usize,
}

/// The files of each kind.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) kinds: BTreeMap<Kind, Count>,
}

impl Tally {
    pub(crate) fn count(&mut self, pair: &Pair, outcome: &Outcome) {
        let count = self.kinds.entry(Kind::of(pair.path())).or_default();
        match (pair, outcome) {
            (Pair::Old(_), _) => count.only_old += 1,
            (Pair::New(_), _) => count.only_new += 1,
            (Pair::Both { .. }, Outcome::Same) => count.same += 1,
            (Pair::Both { .. }, Outcome::SetAside) => count.aside += 1,
            (Pair::Both { .. }, Outcome::Different(_)) => count.differ += 1,
        }
    }

    pub(crate) fn all(&self) -> Count {
        self.kinds.values().fold(Count::default(), |all, one| Count {
            same: all.same + one.same,
            aside: all.aside + one.aside,
            differ: all.differ + one.differ,
            only_old: all.only_old + one.only_old,
            only_new: all.only_new + one.only_new,
        })
    }

    pub(crate) fn is_same(&self) -> bool {
        let all = self.all();
        all.differ + all.only_old + all.only_new == 0
    }
}

/// What kind of change a group holds. The order of fields is the order of groups of one size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    pub(crate) what: What,
    /// The place without numbers; see [`crate::difference::Place::general`].
    pub(crate) place: String,
    pub(crate) is_added: bool,
    pub(crate) is_removed: bool,
}

/// A change as it is at one place of one file.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) file: String,
    pub(crate) place: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) details: Vec<String>,
    pub(crate) drawings: Option<Arc<Drawings>>,
}

/// The same change at one or many places.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) subject: Subject,
    /// How often it was made.
    pub(crate) count: usize,
    /// In how many files, and the first of them.
    pub(crate) file_count: usize,
    pub(crate) files: Vec<String>,
    /// How many changes of different texts it holds.
    pub(crate) variants: usize,
    pub(crate) examples: Vec<Example>,
}

impl Group {
    fn add(&mut self, file: &str, example: Example) {
        self.count += 1;
        // A file's differences come one after the other.
        if self.files.last().is_none_or(|last| last != file) {
            self.file_count += 1;
            self.files.push(file.to_owned());
        }
        // Where all changes are the same text for text, one of them says it all.
        let most = if self.subject.what == What::Drawing { EXAMPLES } else { 1 };
        if self.examples.len() < most {
            self.examples.push(example);
        }
    }
}

/// What was taken out and what was put in.
type Edit = (Option<String>, Option<String>);

/// Groups in the making.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    subjects: BTreeMap<Subject, BTreeMap<Edit, Group>>,
}

impl Groups {
    pub(crate) fn add(&mut self, file: &str, differences: Vec<Difference>) {
        for difference in differences {
            let subject = Subject {
                kind: Kind::of(file),
                what: difference.what.clone(),
                place: difference.place.general.clone(),
                is_added: difference.old.is_none(),
                is_removed: difference.new.is_none(),
            };
            // Drawings of one kind of place, and files of one kind, are one group whatever they say.
            let edit = match difference.what {
                What::Drawing | What::File => (None, None),
                _ => difference.edit(),
            };
            let edits = self.subjects.entry(subject.clone()).or_default();
            let group = edits.entry(edit.clone()).or_insert_with(|| Group {
                subject,
                count: 0,
                file_count: 0,
                files: Vec::new(),
                variants: 1,
                examples: Vec::new(),
            });
            let (old, new) = if edit == (None, None) { (difference.old, difference.new) } else { edit };
            group.add(
                file,
                Example {
                    file: file.to_owned(),
                    place: difference.place.exact,
                    old,
                    new,
                    details: difference.details,
                    drawings: difference.drawings,
                },
            );
        }
    }

    /// All groups, the largest first.
    pub(crate) fn finish(self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (_, edits) in self.subjects {
            let mut own: Vec<Group> = edits.into_values().collect();
            own.sort_by_key(|group| std::cmp::Reverse(group.count));
            groups.extend(if own.len() > OWN_GROUPS { merged(own) } else { own });
        }
        groups.sort_by(|left, right| {
            right.file_count.cmp(&left.file_count).then_with(|| left.subject.cmp(&right.subject))
        });
        for group in &mut groups {
            group.files.sort();
            group.files.truncate(FILES);
        }
        groups
    }
}

/// Changes of one subject with many different texts, as one group.
fn merged(own: Vec<Group>) -> Vec<Group> {
    let variants = own.len();
    let mut own = own.into_iter();
    let Some(mut group) = own.next() else { return Vec::new() };
    group.examples.truncate(1);
    for other in own {
        group.count += other.count;
        group.files.extend(other.files);
        group.examples.extend(other.examples.into_iter().take(1));
    }
    group.files.sort();
    group.files.dedup();
    group.file_count = group.files.len();
    group.variants = variants;
    group.examples.truncate(EXAMPLES);
    vec![group]
}
