//! A form as a JSON Schema for the front matter of its reports, so that editors complete and check
//! keys while they are typed.

use serde_json::{Map, Value, json};

use crate::base::text::Lang;

use super::catalog::Catalog;
use super::indicator::{Indicator, IndicatorIx};
use super::questionnaire::{Form, SectionBody, Table};

/// The JSON Schema (draft 2020-12) for reports on any form of the catalogue: `form:` decides which
/// keys `statistics:` may have.
pub fn schema_of_all(catalog: &Catalog, lang: &Lang) -> Value {
    let branches: Vec<Value> = catalog
        .forms
        .iter()
        .map(|form| {
            json!({
                "if": {"properties": {"form": {"const": &*form.id}}, "required": ["form"]},
                "then": {"properties": {"statistics": statistics(form, lang)}},
            })
        })
        .collect();
    let ids: Vec<&str> = catalog.forms.iter().map(|form| &*form.id).collect();
    let mut schema = front_matter(&json!({"enum": ids}), &json!({"type": ["object", "null"]}));
    if let Some(root) = schema.as_object_mut() {
        root.insert("allOf".into(), Value::Array(branches));
    }
    schema
}

/// The JSON Schema for reports on one form.
pub fn schema(form: &Form, lang: &Lang) -> Value {
    let form_key = json!({"const": &*form.id, "title": form.title.get(lang)});
    front_matter(&form_key, &statistics(form, lang))
}

fn front_matter(form: &Value, statistics: &Value) -> Value {
    let text = json!({"type": ["string", "null"]});
    let date = json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"});
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": false,
        "required": ["form"],
        "properties": {
            "title": text,
            "form": form,
            "period": {
                "anyOf": [
                    {"type": "integer", "minimum": 1800, "maximum": 2199},
                    {"type": "string", "pattern": "^[0-9]{4}(-H[12]|-Q[1-4]|-[0-9]{2})?$"},
                ],
            },
            "scope": {"enum": ["own", "consolidated"]},
            "body": {"enum": ["original", "summary"]},
            "lang": text,
            "draft": {"type": "boolean"},
            "search": {"type": "boolean"},
            "published": date,
            "republished": date,
            "source": object(
                &[],
                &json!({"title": text, "issuer": text, "number": text, "url": text, "retrieved": date}),
            ),
            "aliases": {"type": "array", "items": {"type": "string"}},
            "statistics": statistics,
            "notes": {"type": "object", "additionalProperties": {"type": "string"}},
            "local": local(),
            "accept": {"type": "array", "items": acceptance()},
            "revisions": {"type": "array", "items": revision()},
        },
        "$defs": {"figure": any_figure()},
    })
}

/// An object with these properties and no others.
fn object(required: &[&str], properties: &Value) -> Value {
    if required.is_empty() {
        return json!({"type": "object", "additionalProperties": false, "properties": properties});
    }
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

/// The codes that a report defines itself.
fn local() -> Value {
    let label = json!({
        "anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ],
    });
    let code = object(&[], &json!({"label": label, "unit": {"type": ["string", "null"]}}));
    json!({
        "type": "object",
        "patternProperties": {"^[xn]_": {"anyOf": [{"type": "string"}, code]}},
        "additionalProperties": false,
    })
}

fn acceptance() -> Value {
    let why = json!({"type": "string", "minLength": 1});
    object(&["check", "why"], &json!({"check": {"type": "string"}, "at": {"type": "string"}, "why": why}))
}

fn revision() -> Value {
    let change = object(&[], &json!({"from": {}, "to": {}}));
    let changes = json!({"type": "object", "additionalProperties": change});
    let date = json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"});
    object(&["date", "why"], &json!({"date": date, "why": {"type": "string"}, "changes": changes}))
}

/// A figure of any indicator: a scalar, or a mapping with its unit and a note.
fn any_figure() -> Value {
    let value = json!({"type": ["number", "string", "null"]});
    let text = json!({"type": "string"});
    let detailed = json!({"value": value, "unit": text, "note": text, "cumulative": {"type": "boolean"}});
    json!({"anyOf": [value, object(&["value"], &detailed)]})
}

fn statistics(form: &Form, lang: &Lang) -> Value {
    let mut properties = Map::new();
    for section in &form.sections {
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                let indicators = indicators.iter().map(|ix| &form[*ix]);
                let asked = indicators.filter(|indicator| indicator.unit.is_some());
                properties.extend(asked.map(|indicator| {
                    (indicator.code.to_string(), figure(indicator, indicator.label.get(lang), lang))
                }));
            }
            SectionBody::Table(table) => rows(form, table, lang, &mut properties),
        }
    }
    json!({
        "type": ["object", "null"],
        "properties": properties,
        "patternProperties": {"^[xn]_": {"$ref": "#/$defs/figure"}},
    })
}

fn rows(form: &Form, table: &Table, lang: &Lang, properties: &mut Map<String, Value>) {
    for row in &table.rows {
        let Some(first) = row.first else { continue };
        let cells = table.columns.iter().enumerate().map(|(at, column)| {
            let indicator = &form[IndicatorIx(first.0 + at as u16)];
            figure(indicator, column.label.get(lang), lang)
        });
        let cells: Vec<Value> = cells.collect();
        let columns = table.columns.iter().map(|column| column.code.to_string());
        let by_column: Map<String, Value> = columns.zip(cells.iter().cloned()).collect();
        properties.insert(
            row.code.to_string(),
            json!({
                "title": row.label.get(lang),
                "anyOf": [
                    {"type": "null"},
                    {"type": "array", "prefixItems": &cells, "items": false, "minItems": cells.len()},
                    object(&[], &Value::Object(by_column)),
                ],
            }),
        );
    }
}

fn figure(indicator: &Indicator, title: &str, lang: &Lang) -> Value {
    let unit = indicator.unit.as_deref().unwrap_or("");
    let note = indicator.note.get(lang);
    let description = if note.is_empty() { unit.to_owned() } else { format!("{unit}. {note}") };
    json!({"$ref": "#/$defs/figure", "title": title, "description": description})
}
