//! `glasshouse forms`: the forms a site knows, and the codes of their figures.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::base::diagnostic::Message;
use crate::base::text::{Lang, Localized};
use crate::build::{self, Overrides, Timings};
use crate::form::{
    self, Catalog, Comparison, Form, Indicator, IndicatorIx, Relation, Rule, Section, SectionBody, Side,
};

use super::args::{FormFormat, FormsArgs};
use super::exit_codes::Exit;
use super::failure::UsageError;
use super::terminal::{Stream, Terminal};

/// Lists the forms, or shows one. Without a site, only the built-in forms are known.
pub(crate) fn run(args: &FormsArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let project = build::open(site, &Overrides::default(), &mut Timings::default());
    let catalog = &project.site.catalog;
    let lang = terminal.options.lang.clone();
    let text = match (&args.id, args.format) {
        (None, FormFormat::Table) => list(catalog, &lang),
        (None, FormFormat::Schema) => format!("{:#}\n", form::schema_of_all(catalog, &lang)),
        (None, FormFormat::Json) => {
            let forms: Vec<Value> = catalog.forms.iter().map(summary).collect();
            format!("{:#}\n", json!({ "version": 1, "forms": forms }))
        }
        (Some(id), format) => {
            let form = &catalog[catalog.find_form(id).ok_or_else(|| unknown(id, catalog))?];
            match format {
                FormFormat::Table => table(form, &lang),
                FormFormat::Schema => format!("{:#}\n", form::schema(form, &lang)),
                FormFormat::Json => format!("{:#}\n", object(form)),
            }
        }
    };
    terminal.stream(Stream::Out).write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

/// The error about a form that does not exist.
pub(crate) fn unknown(id: &str, catalog: &Catalog) -> UsageError {
    let ids = || catalog.forms.iter().map(|form| &*form.id);
    let known = Message::new("help-known-forms").arg("forms", ids().collect::<Vec<_>>().join(", "));
    UsageError::unknown(Message::new("form-unknown").arg("value", id), id, ids(), known)
}

/// Lists each form in a line: id, years, number of figures, title.
fn list(catalog: &Catalog, lang: &Lang) -> String {
    let width = catalog.forms.iter().map(|form| form.id.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for form in &catalog.forms {
        let years = years(form);
        let figures = form.figures().count();
        let _ = writeln!(text, "{:<width$}  {years:<9}  {figures:>3}  {}", form.id, form.title.get(lang));
    }
    text
}

/// Formats years as `2014–2018`; open-ended where one is unknown.
fn years(form: &Form) -> String {
    let year = |year: Option<i16>| year.map(|year| year.to_string()).unwrap_or_default();
    match form.years {
        (None, None) => String::new(),
        (first, last) if first == last => year(first),
        (first, last) => format!("{}–{}", year(first), year(last)),
    }
}

/// Shows a form as it is printed, each line with its code.
fn table(form: &Form, lang: &Lang) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}  {}  {}", form.id, years(form), form.title.get(lang));
    for line in [form.issuer.get(lang), form.number.as_deref().unwrap_or(""), form.note.get(lang)] {
        if !line.is_empty() {
            let _ = writeln!(text, "{line}");
        }
    }
    let indicators = form.indicators.iter().map(|indicator| &indicator.code);
    let width = indicators.filter(|code| !code.contains("__")).map(|code| code.len()).max().unwrap_or(0);
    for section in &form.sections {
        let _ = writeln!(text, "\n[{}] {}", section.id, section.title.get(lang));
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                for indicator in indicators.iter().map(|ix| &form[*ix]) {
                    list_line(&mut text, indicator, width, lang);
                }
            }
            SectionBody::Table(table) => {
                let width = table.rows.iter().map(|row| row.code.len()).max().unwrap_or(0);
                for column in &table.columns {
                    let group = column.group.get(lang);
                    let group = if group.is_empty() { String::new() } else { format!("{group} / ") };
                    let _ = writeln!(text, "  | {}  {group}{}", column.code, column.label.get(lang));
                }
                for row in &table.rows {
                    let indent = "  ".repeat(usize::from(row.depth));
                    let code = if row.first.is_some() { &*row.code } else { "" };
                    let _ = writeln!(text, "  {code:<width$}  {indent}{}", row.label.get(lang));
                }
            }
        }
    }
    text
}

fn list_line(text: &mut String, indicator: &Indicator, width: usize, lang: &Lang) {
    let indent = "  ".repeat(usize::from(indicator.depth));
    let code = if indicator.relation == Relation::Head { "" } else { &*indicator.code };
    let unit = indicator.unit.as_deref().map(|unit| format!(" [{unit}]")).unwrap_or_default();
    let _ = writeln!(text, "  {code:<width$}  {indent}{}{unit}", indicator.label.get(lang));
}

fn summary(form: &Form) -> Value {
    json!({
        "id": &*form.id,
        "title": by_language(&form.title),
        "issuer": by_language(&form.issuer),
        "number": form.number.as_deref(),
        "years": { "first": form.years.0, "last": form.years.1 },
        "figures": form.figures().count(),
    })
}

/// Returns everything about a form that a program may want to know.
fn object(form: &Form) -> Value {
    let mut object = summary(form);
    object["version"] = json!(1);
    object["sections"] = form.sections.iter().map(|section| section_object(form, section)).collect();
    object["indicators"] =
        form.indicators.iter().map(|indicator| indicator_object(form, indicator)).collect();
    object["rules"] = form.rules.iter().map(|rule| rule_object(form, rule)).collect();
    object
}

fn section_object(form: &Form, section: &Section) -> Value {
    let mut object = json!({ "id": &*section.id, "title": by_language(&section.title) });
    match &section.body {
        SectionBody::Prose => {}
        SectionBody::List(indicators) => {
            object["indicators"] = indicators.iter().map(|ix| Value::from(code(form, *ix))).collect();
        }
        SectionBody::Table(table) => {
            object["columns"] = table
                .columns
                .iter()
                .map(|column| json!({ "code": &*column.code, "label": by_language(&column.label), "total": column.is_total }))
                .collect();
            object["rows"] = table
                .rows
                .iter()
                .map(|row| json!({ "code": &*row.code, "label": by_language(&row.label), "depth": row.depth, "heading": row.first.is_none() }))
                .collect();
        }
    }
    object
}

fn indicator_object(form: &Form, indicator: &Indicator) -> Value {
    json!({
        "code": &*indicator.code,
        "label": by_language(&indicator.label),
        "unit": indicator.unit.as_deref(),
        "kind": indicator.kind.name(),
        "parent": indicator.parent.map(|parent| code(form, parent)),
        "relation": indicator.relation.name(),
    })
}

fn rule_object(form: &Form, rule: &Rule) -> Value {
    let comparison = match rule.comparison {
        Comparison::Equal => "=",
        Comparison::AtMost => "<=",
        Comparison::AtLeast => ">=",
    };
    json!({
        "id": &*rule.id,
        "check": rule.check.name(),
        "severity": rule.severity.name(),
        "rule": format!("{} {comparison} {}", side(form, &rule.left), side(form, &rule.right)),
    })
}

/// Formats a side of a rule as form files write it: `a + b - c`.
fn side(form: &Form, side: &Side) -> String {
    let mut text = String::new();
    for (at, term) in side.terms.iter().enumerate() {
        text.push_str(match (at, term.negative) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        });
        let code = code(form, term.indicator);
        let _ = if term.previous { write!(text, "prev.{code}") } else { write!(text, "{code}") };
    }
    match side.constant {
        constant if text.is_empty() => text.push_str(&constant.to_string()),
        0 => {}
        constant if constant < 0 => {
            let _ = write!(text, " - {}", constant.unsigned_abs());
        }
        constant => {
            let _ = write!(text, " + {constant}");
        }
    }
    text
}

fn code(form: &Form, ix: IndicatorIx) -> &str {
    &form[ix].code
}

/// Returns a text by language; `und` is the key of one for every language.
pub(crate) fn by_language(text: &Localized) -> Map<String, Value> {
    let key = |lang: &str| if lang.is_empty() { "und".to_owned() } else { lang.to_owned() };
    text.iter().map(|(lang, text)| (key(lang), Value::from(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Term;

    fn catalog() -> Catalog {
        let nowhere = std::path::Path::new("/nowhere");
        build::open(nowhere, &Overrides::default(), &mut Timings::default()).site.catalog.clone()
    }

    #[test]
    fn every_code_of_a_form_is_shown() {
        let catalog = catalog();
        assert!(catalog.forms.len() >= 4);
        for form in &catalog.forms {
            let text = table(form, &Lang::new("zh-CN"));
            for (_, indicator) in form.figures() {
                let code = indicator.code.split("__").next().unwrap();
                assert!(text.contains(&format!("  {code} ")), "{} lacks {code}", form.id);
            }
        }
    }

    #[test]
    fn the_object_holds_what_the_form_holds() {
        let catalog = catalog();
        let form = &catalog[catalog.find_form("gb-2021").unwrap()];
        let object = object(form);
        assert_eq!(object["indicators"].as_array().unwrap().len(), form.indicators.len());
        assert_eq!(object["rules"].as_array().unwrap().len(), form.rules.len());
        assert_eq!(object["years"], json!({ "first": 2021, "last": null }));
    }

    #[test]
    fn rules_read_as_they_are_written() {
        let catalog = catalog();
        let form = &catalog[catalog.find_form("zj-2012").unwrap()];
        let term =
            |code: &str, negative, previous| Term { indicator: form.find(code).unwrap(), negative, previous };
        let terms = vec![term("proactive_total", true, false), term("proactive_web", false, true)];
        assert_eq!(side(form, &Side { terms, constant: -2 }), "-proactive_total + prev.proactive_web - 2");
        assert_eq!(side(form, &Side { terms: Vec::new(), constant: 0 }), "0");
    }
}
