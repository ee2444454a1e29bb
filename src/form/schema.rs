//! A form as a JSON Schema for the front matter of its reports, so that editors complete and check
//! keys while they are typed.

use serde_json::{Map, Value, json};

use crate::base::text::Lang;

use super::{Body, Catalog, Form, Indicator, IndicatorIx, Table};

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
    let localized = json!({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]});
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
            "source": {
                "type": "object",
                "additionalProperties": false,
                "properties": {"title": text, "issuer": text, "number": text, "url": text, "retrieved": date},
            },
            "aliases": {"type": "array", "items": {"type": "string"}},
            "statistics": statistics,
            "notes": {"type": "object", "additionalProperties": {"type": "string"}},
            "local": {
                "type": "object",
                "patternProperties": {"^[xn]_": {
                    "anyOf": [
                        {"type": "string"},
                        {"type": "object", "additionalProperties": false, "properties": {"label": localized, "unit": text}},
                    ],
                }},
                "additionalProperties": false,
            },
            "accept": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["check", "why"],
                    "properties": {"check": {"type": "string"}, "at": {"type": "string"}, "why": {"type": "string", "minLength": 1}},
                },
            },
            "revisions": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["date", "why"],
                    "properties": {
                        "date": date,
                        "why": {"type": "string"},
                        "changes": {"type": "object", "additionalProperties": {
                            "type": "object",
                            "additionalProperties": false,
                            "properties": {"from": {}, "to": {}},
                        }},
                    },
                },
            },
        },
        "$defs": {
            "figure": {
                "anyOf": [
                    {"type": ["number", "string", "null"]},
                    {
                        "type": "object",
                        "additionalProperties": false,
                        "required": ["value"],
                        "properties": {
                            "value": {"type": ["number", "string", "null"]},
                            "unit": {"type": "string"},
                            "note": {"type": "string"},
                            "cumulative": {"type": "boolean"},
                        },
                    },
                ],
            },
        },
    })
}

fn statistics(form: &Form, lang: &Lang) -> Value {
    let mut properties = Map::new();
    for section in &form.sections {
        match &section.body {
            Body::Prose => {}
            Body::List(indicators) => {
                for indicator in indicators.iter().filter_map(|ix| form.indicator(*ix)) {
                    if indicator.unit.is_some() {
                        properties.insert(
                            indicator.code.to_string(),
                            figure(indicator, indicator.label.get(lang), lang),
                        );
                    }
                }
            }
            Body::Table(table) => rows(form, table, lang, &mut properties),
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
        let cells: Vec<Value> = table
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| {
                let indicator = form.indicator(IndicatorIx(first.0 + at as u16))?;
                Some(figure(indicator, column.label.get(lang), lang))
            })
            .collect();
        let columns = table.columns.iter().map(|column| column.code.to_string());
        let by_column: Map<String, Value> = columns.zip(cells.iter().cloned()).collect();
        properties.insert(
            row.code.to_string(),
            json!({
                "title": row.label.get(lang),
                "anyOf": [
                    {"type": "null"},
                    {"type": "array", "prefixItems": &cells, "items": false, "minItems": cells.len()},
                    {"type": "object", "additionalProperties": false, "properties": by_column},
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    #[test]
    fn every_figure_of_a_form_can_be_written() {
        let (catalog, _) = load::catalog(&[]);
        let lang = Lang::new("zh-CN");
        let form = catalog.find_form("gb-2021").and_then(|ix| catalog.form(ix)).unwrap();
        let schema = schema(form, &lang);
        let statistics = &schema["properties"]["statistics"]["properties"];
        assert_eq!(statistics["req_new"]["anyOf"][1]["minItems"], 7);
        assert_eq!(statistics["req_new"]["title"], "一、本年新收政府信息公开申请数量");
        assert_eq!(statistics["admin_fee"]["anyOf"][2]["properties"]["amount"]["description"], "万元");
        assert!(statistics.get("res_refused").is_none(), "a heading takes no figure");
        let all = schema_of_all(&catalog, &lang);
        assert_eq!(all["allOf"].as_array().unwrap().len(), catalog.forms.len());
    }
}
