//! The report: one page without script, with old and new drawings side by side.

use std::fmt::Write;

use crate::difference::{Drawings, What};
use crate::groups::{Example, Group, Tally};
use crate::markup::escaped;
use crate::terminal::{files, heading};
use crate::tree::Site;

/// How many pairs of drawings a report shows: each takes some ten thousand bytes.
const DRAWINGS: usize = 100;
const STYLE: &str = include_str!("report.css");

pub(crate) fn html(old: &Site, new: &Site, tally: &Tally, groups: &[Group]) -> Result<String, String> {
    let mut drawings = DRAWINGS;
    let sections: String = groups.iter().map(|group| section(group, &mut drawings)).collect();
    let count = tally.all();
    let rows: String = tally
        .kinds
        .iter()
        .map(|(kind, count)| row(&kind.to_string(), count))
        .chain([row("All", &count)])
        .collect();
    let said = if tally.is_same() { "Nothing differs." } else { "What differs, the most frequent first." };
    Ok(format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Two sites compared</title>
<style>{STYLE}{}</style>
</head>
<body>
<main>
<h1>Two sites compared</h1>
<p>{said}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Files">
<table>
<caption>Files</caption>
<thead><tr><th scope="col">Kind</th><th scope="col">Same</th><th scope="col">Differ</th><th scope="col">Set aside</th><th scope="col">Only old</th><th scope="col">Only new</th></tr></thead>
<tbody>
{rows}</tbody>
</table>
</div>
{sections}</main>
</body>
</html>
"#,
        drawing_styles(old, new, groups)?
    ))
}

fn row(name: &str, count: &crate::groups::Count) -> String {
    let crate::groups::Count { same, aside, differ, only_old, only_new } = count;
    let cells: String =
        [same, differ, aside, only_old, only_new].iter().map(|count| format!("<td>{count}</td>")).collect();
    format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
}

fn section(group: &Group, drawings: &mut usize) -> String {
    let mut html = format!("<section>\n<h2>{}</h2>\n", escaped(&heading(group)));
    for example in group.examples.iter().filter(|_| group.subject.what != What::File) {
        let place = if example.place.is_empty() { String::new() } else { format!(" · {}", example.place) };
        let _ = writeln!(html, "<p class=\"place\">{}</p>", escaped(&format!("{}{place}", example.file)));
        match &example.drawings {
            Some(pair) if *drawings > 0 => {
                *drawings -= 1;
                html.push_str(&drawn(pair, *drawings));
                html.push_str(&details(example));
            }
            Some(_) => html.push_str(&details(example)),
            None => html.push_str(&texts(example)),
        }
    }
    let _ = write!(html, "<p class=\"files\">In {}</p>\n</section>\n", escaped(&files(group)));
    html
}

/// A pair of drawings; `number` keeps their ids apart from those of other pairs.
fn drawn(pair: &Drawings, number: usize) -> String {
    let side = |name: &str, class: &str, drawing: &str| {
        let own =
            drawing.replace("old-", &format!("old-{number}-")).replace("new-", &format!("new-{number}-"));
        let own = if drawing.is_empty() { "<p>none</p>".to_owned() } else { own };
        format!("<div class=\"side\"><h3>{name}</h3><div class=\"drawing {class}\">{own}</div></div>\n")
    };
    format!(
        "<div class=\"sides\">\n{}{}</div>\n",
        side("Old", "old-style", &pair.old),
        side("New", "new-style", &pair.new)
    )
}

fn details(example: &Example) -> String {
    if example.details.is_empty() {
        return String::new();
    }
    let items: String = example.details.iter().map(|line| format!("<li>{}</li>\n", escaped(line))).collect();
    format!("<details><summary>What differs inside</summary>\n<ul>\n{items}</ul>\n</details>\n")
}

fn texts(example: &Example) -> String {
    let side = |name: &str, tag: &str, text: &Option<String>| {
        let text = text.as_ref()?;
        Some(format!("<dt>{name}</dt><dd><{tag}>{}</{tag}></dd>\n", escaped(text)))
    };
    let sides = [side("Old", "del", &example.old), side("New", "ins", &example.new)];
    format!("<dl>\n{}</dl>\n", sides.into_iter().flatten().collect::<String>())
}

/// The style sheets of both sites, each for its own drawings alone.
fn drawing_styles(old: &Site, new: &Site, groups: &[Group]) -> Result<String, String> {
    let mut examples = groups.iter().flat_map(|group| &group.examples);
    let with_styles = |example: &Example| {
        example.drawings.clone().filter(|pair| pair.styles.iter().any(|styles| !styles.is_empty()))
    };
    let Some(pair) = examples.find_map(with_styles) else { return Ok(String::new()) };
    let mut css = String::new();
    for ((site, class), styles) in [(old, "old-style"), (new, "new-style")].into_iter().zip(&pair.styles) {
        for style in styles {
            // Links may begin with the folder that the site is published in.
            let is_it = |path: &&String| style.ends_with(&format!("/{path}")) || style == *path;
            let Some(path) = site.files.keys().filter(is_it).max_by_key(|path| path.len()) else { continue };
            let text = String::from_utf8_lossy(&site.read(path)?).replace(":root", "&").replace("</", "<\\/");
            let _ = write!(css, "\n.{class} {{\n{text}\n}}\n");
        }
    }
    Ok(css)
}
