//! What machines are told: the output of `check` as JSON and SARIF, held by snapshots and schemas.

use std::path::Path;

use serde_json::Value;

use crate::site::Site;

/// A site with a finding of each kind: at a value, at a key, of two files, of no line, accepted.
fn site() -> Site {
    let accepting = "---\ntitle: 年报\nform: gb-2014\nstatistics:\n  proactive_total: 10\n  \
                     proactive_web: 12\naccept:\n  - {check: part-exceeds-whole, at: proactive_web, \
                     why: 原表如此}\n---\n";
    let balance = |carried_in: &str, received: &str| {
        format!(
            "---\ntitle: 年报\nform: gb-2021\nstatistics:\n  req_new__total: {received}\n  \
             req_carried_in__total: {carried_in}\n  res_total__total: 4\n  req_carried_out__total: 2\n---\n"
        )
    };
    Site::new()
        .report("content/county/office/2012.md", "proactive_total: 289\nproactive_web: 298\nbudgte: 3")
        .file("content/county/office/2016.md", accepting)
        .file("content/county/office/2021.md", &balance("1", "5"))
        .file("content/county/office/2022.md", &balance("3", "4"))
        .file("content/county/office/附 录.md", "---\ntitle: [年报\n---\n")
}

fn check(format: &str) -> String {
    site().run(&["check", "--format", format, "--lang", "en"]).ends(1).out
}

fn schema(path: &str) -> Value {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What a schema has against an instance, one a line.
fn faults(schema: &Value, instance: &Value) -> String {
    let validator = jsonschema::validator_for(schema).unwrap();
    let faults = validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path()));
    faults.collect::<Vec<_>>().join("\n")
}

#[test]
fn json_is_as_it_is_promised() {
    let text = check("json");
    let mut object: Value = serde_json::from_str(&text).unwrap();
    let schema = schema("docs/check.schema.json");
    assert_eq!(faults(&schema, &object), "");
    insta::assert_snapshot!("json", text);

    object["diagnostics"][0]["line"] = 0.into();
    object["diagnostics"][0]["colour"] = "red".into();
    assert!(faults(&schema, &object).lines().count() >= 2, "the schema does not hold what it says");
}

#[test]
fn a_clean_site_and_a_broken_one_have_the_same_shape() {
    let schema = schema("docs/check.schema.json");
    let clean = Site::new().report("content/county/office/2012.md", "proactive_total: 289");
    let broken = Site::empty();
    for (site, code) in [(clean, 0), (broken, 2)] {
        let run = site.run(&["check", "--format", "json"]).ends(code);
        assert_eq!(faults(&schema, &serde_json::from_str(&run.out).unwrap()), "");
    }
}

#[test]
fn the_example_of_the_documentation_is_valid() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check-output.md");
    let text = std::fs::read_to_string(path).unwrap();
    let example = text.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let example: Value = serde_json::from_str(example).unwrap();
    assert_eq!(faults(&schema("docs/check.schema.json"), &example), "");
}

#[test]
fn sarif_is_valid_sarif() {
    let text = check("sarif");
    let mut log: Value = serde_json::from_str(&text).unwrap();
    let mut schema = schema("tests/schema/sarif-2.1.0-rtm.5.json");
    // This pattern has an unpaired bracket, which no strict reader of patterns takes.
    for holder in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][holder]["properties"]["language"];
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    assert_eq!(faults(&schema, &log), "");
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    insta::assert_snapshot!("sarif", text.replace(&version, "\"version\": \"VERSION\""));

    log["runs"][0]["results"][0]["level"] = "fatal".into();
    assert_ne!(faults(&schema, &log), "", "the schema was not applied");
}

#[test]
fn the_form_schema_takes_what_the_reports_of_this_repository_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::empty();
    let schema = site.run(&["forms", "zj-2012", "--format", "schema"]).ends(0).out;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let text =
        std::fs::read_to_string(root.join("content/zhejiang/wenzhou/cangnan/xincheng/2012.md")).unwrap();
    let front = text.split("---\n").nth(1).unwrap();
    let mut report: Value = serde_yaml::from_str(front).unwrap();
    assert_eq!(faults(&schema, &report), "");
    report["statistics"]["proactive_total"] = serde_json::json!([1]);
    assert_ne!(faults(&schema, &report), "");
}
