//! Made-up diagnostics and strings for the tests of the formats.

use rust_decimal::Decimal;

use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::base::source::{FilePath, Position, Source};
use crate::base::text::{Lang, Localized};
use crate::theme::Strings;

use super::{Format, Reported, Reporter, write};

const REPORT: &str = "---\ntitle: 年报\nfrom: zj-2012\nstatistics:\n  proactive_total: 289\n  \
                      proactive_web: 298\n  预算：6\n---\n";

const EN: &str = "\
severity-error = error
severity-warning = warning
severity-note = note
label-help = help
check-summary = { $errors-number ->
    [one] 1 error
   *[other] { $errors } errors
 }, { $warnings } warnings and { $notes } notes in { $files } files, { $accepted } explained
part-exceeds-whole = { $part } { $found } is more than { $whole } { $expected }
label-a-part-of = a part of { $whole } ({ $expected })
label-the-whole = the whole
help-accept = if the source prints this, keep it and explain it under `accept:`
unknown-key = there is no key `{ $key }`
help-did-you-mean = did you mean `{ $name }`?
yaml-syntax = this is no YAML: { $detail }
unreadable-file = this file cannot be read: { $detail }
output-refused = cannot publish to { $path }
";

const ZH: &str = "\
severity-error = 错误
severity-warning = 警告
severity-note = 提示
label-help = 帮助
part-exceeds-whole = { $part } { $found }大于{ $whole } { $expected }
unknown-key = 没有“{ $key }”这一项
";

/// One diagnostic of each shape: with a label and two places, with a span, with a position, with a
/// file only, with nothing; and an accepted finding.
pub(super) fn reported() -> Vec<Reported> {
    let file: FilePath = "content/县/2012.md".into();
    let at = |key: &str| At::Value(DataPath::keys(&["statistics", key]));
    let whole = Localized::from_pairs([("zh", "主动公开数量"), ("en", "Items disclosed")]);
    let part = Localized::from_pairs([("zh", "政府网站公开数"), ("en", "On the website")]);
    let expected = Decimal::from(289);
    let diagnostics = vec![
        Diagnostic::error("yaml-syntax")
            .arg("detail", "a full-width colon")
            .at(&file, At::Position(Position { line: 7, column: 5 })),
        Diagnostic::warning("part-exceeds-whole")
            .arg("part", part)
            .arg("found", Decimal::from(298))
            .arg("whole", whole.clone())
            .arg("expected", expected)
            .labelled(
                &file,
                at("proactive_web"),
                Message::new("label-a-part-of").arg("whole", whole).arg("expected", expected),
            )
            .labelled(&file, at("proactive_total"), Message::new("label-the-whole"))
            .help(Message::new("help-accept")),
        Diagnostic::note("unknown-key")
            .arg("key", "from")
            .at(&file, At::Span(REPORT.find("from").unwrap()..REPORT.find(": zj").unwrap()))
            .help(Message::new("help-did-you-mean").arg("name", "form")),
        Diagnostic::error("unreadable-file")
            .arg("detail", "no permission")
            .at(&"content/a, b.md".into(), At::File),
        Diagnostic::error("output-refused").arg("path", "/"),
    ];
    let mut reported: Vec<Reported> = diagnostics.into_iter().map(Into::into).collect();
    reported.push(Reported {
        diagnostic: Diagnostic::warning("part-exceeds-whole")
            .arg("part", "a")
            .arg("found", Decimal::TWO)
            .arg("whole", "b")
            .arg("expected", Decimal::ONE)
            .at(&file, at("proactive_total")),
        fingerprint: Some(0xbeef),
        accepted: Some("原表如此".into()),
    });
    reported
}

/// Renders diagnostics in English against the report above.
pub(super) fn render(format: Format, reported: &[Reported]) -> String {
    render_with(format, reported, &[("content/县/2012.md", REPORT)])
}

/// Renders diagnostics in English against given files.
pub(super) fn render_with(format: Format, reported: &[Reported], files: &[(&str, &str)]) -> String {
    let mut out = Vec::new();
    with_files(files, |reporter| write(reporter, format, reported, &mut out).unwrap());
    String::from_utf8(out).unwrap()
}

/// A reporter over the report above.
pub(super) fn with_reporter(test: impl FnOnce(&Reporter<'_>)) {
    with_files(&[("content/县/2012.md", REPORT)], test);
}

fn with_files(files: &[(&str, &str)], test: impl FnOnce(&Reporter<'_>)) {
    let (zh, en) = (Lang::new("zh-CN"), Lang::new("en"));
    let mut strings = Strings::default();
    assert_eq!(strings.add(&zh, &"zh.ftl".into(), ZH), []);
    assert_eq!(strings.add(&en, &"en.ftl".into(), EN), []);
    let source = |file: &FilePath| {
        let (_, text) = files.iter().find(|(name, _)| **name == **file)?;
        Some(Source::new(file.clone(), (*text).to_owned()))
    };
    // Stands in for reading the front matter: finds `key: value` by its text.
    let locate = |source: &Source, at: &At| {
        let At::Value(DataPath(path)) = at else { return None };
        let Some(crate::base::diagnostic::Step::Key(key)) = path.last() else { return None };
        let start = source.text().find(&format!("{key}: "))? + key.len() + 2;
        let line = source.text().get(start..)?.lines().next()?;
        Some(start..start + line.len())
    };
    test(&Reporter { strings: &strings, lang: &en, site_dir: ".", source: &source, locate: &locate });
}
