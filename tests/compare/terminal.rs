//! What the terminal shows: counts first, then the groups.

use std::io::{self, Write};

use crate::difference::{Kind, What, shortened};
use crate::groups::{Example, Group, Tally};

/// How wide a text of an example may be.
const WIDTH: usize = 120;
/// How much of what differs inside a drawing is shown.
const DETAILS: usize = 4;

pub(crate) fn print(out: &mut impl Write, tally: &Tally, groups: &[Group]) -> io::Result<()> {
    writeln!(
        out,
        "{:8}{:>8}{:>8}{:>10}{:>10}{:>10}",
        "files", "same", "differ", "set aside", "only old", "only new"
    )?;
    let mut row = |name: &str, count: crate::groups::Count| {
        let crate::groups::Count { same, aside, differ, only_old, only_new } = count;
        writeln!(out, "{name:8}{same:>8}{differ:>8}{aside:>10}{only_old:>10}{only_new:>10}")
    };
    for kind in Kind::ALL {
        if let Some(count) = tally.kinds.get(&kind) {
            row(&kind.to_string(), *count)?;
        }
    }
    row("all", tally.all())?;
    for group in groups {
        writeln!(out)?;
        writeln!(out, "{}", heading(group))?;
        for example in group.examples.iter().filter(|_| group.subject.what != What::File) {
            writeln!(out, "  {} at {}", example.file, example.place)?;
            for line in example_lines(example) {
                writeln!(out, "    {line}")?;
            }
        }
        if group.file_count > group.examples.len() || group.subject.what == What::File {
            writeln!(out, "  in {}", files(group))?;
        }
    }
    Ok(())
}

/// What a group is, and how often.
pub(crate) fn heading(group: &Group) -> String {
    let subject = &group.subject;
    let verb = match (subject.is_added, subject.is_removed) {
        (true, _) => "added",
        (_, true) => "removed",
        _ => "changed",
    };
    let place = if subject.place.is_empty() { String::new() } else { format!(" at {}", subject.place) };
    let times = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let mut counts = times(group.file_count, "file");
    if group.count > group.file_count {
        counts = format!("{counts}, {}", times(group.count, "place"));
    }
    if group.variants > 1 {
        counts = format!("{counts}, {} different changes", group.variants);
    }
    format!("{} {} {verb}{place} ({counts})", subject.kind, subject.what)
}

/// The first files of a group.
pub(crate) fn files(group: &Group) -> String {
    let more = group.file_count - group.files.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", group.files.join(", "))
}

fn example_lines(example: &Example) -> Vec<String> {
    if !example.details.is_empty() {
        let mut lines: Vec<String> =
            example.details.iter().take(DETAILS).map(|line| shortened(line, 2 * WIDTH)).collect();
        if example.details.len() > DETAILS {
            lines.push(format!("and {} more", example.details.len() - DETAILS));
        }
        return lines;
    }
    let side = |sign: &str, text: &Option<String>| {
        text.as_ref().map(|text| format!("{sign} {}", shortened(text, WIDTH)))
    };
    [side("-", &example.old), side("+", &example.new)].into_iter().flatten().collect()
}
