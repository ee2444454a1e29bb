//! Settings files and what is read from them.

use glasshouse::base::diagnostic::{At, Diagnostic, Message, Severity};
use glasshouse::base::source::Source;
use glasshouse::base::text::Lang;
use glasshouse::config::{BaseUrl, BaseUrlError, CheckConfig, Config, FILE_NAME, FailOn};
use proptest::prelude::*;
use rust_decimal::Decimal;

const CHECKS: [&str; 3] = ["sum-mismatch", "deadline", "jump"];

fn read(text: &str) -> (Config, Vec<Diagnostic>) {
    Config::parse(&FILE_NAME.into(), text, &CHECKS)
}

/// Each fault, in the order of the file, as `code line:column`.
fn faults(text: &str) -> Vec<String> {
    let source = Source::new(FILE_NAME.into(), text.into());
    let place = |fault: &Diagnostic| match &fault.places[0].at {
        At::Span(span) => {
            let position = source.position(span.start);
            format!("{} {}:{}", fault.code, position.line, position.column)
        }
        _ => fault.code.to_owned(),
    };
    let mut faults = read(text).1;
    faults.sort_by_key(|fault| match &fault.places[0].at {
        At::Span(span) => span.start,
        _ => 0,
    });
    faults.iter().map(place).collect()
}

#[test]
fn a_title_is_enough() {
    let (config, faults) = read("title = \"年报\"\n");
    assert_eq!(faults, []);
    assert_eq!(config.title.get(&Lang::new("en")), "年报");
    assert_eq!(config.languages, [Lang::new("zh-CN")]);
    assert_eq!((&*config.output, config.search, config.drafts), ("public", true, false));
    assert_eq!((config.base_url.origin(), config.base_url.path()), (None, "/"));
    assert_eq!(config.check, CheckConfig::default());
}

#[test]
fn every_setting_is_read() {
    let (config, faults) = read(
        r#"
title = {zh = "年报", en = "Reports"}
description = "x"
base_url = "https://example.org/p/"
languages = ["zh-CN", "en"]
theme = "plain"
output = "../out"
search = "off"
drafts = true
repository = "https://example.org/r.git"
license = {name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/"}

[levels]
township = "乡镇"
county-department = {zh = "县级部门", en = "County departments"}

[check]
fail_on = "warning"
jump_factor = 2.5
[check.severity]
deadline = "off"
jump = "warning"
[[check.folder]]
path = "zhejiang"
severity = {deadline = "error"}
[[check.folder]]
path = "content/zhejiang/wenzhou/"
jump_factor = 100

[extra]
colour = "blue"
"#,
    );
    assert_eq!(faults, []);
    assert_eq!(config.base_url.absolute("a/").as_deref(), Some("https://example.org/p/a/"));
    assert_eq!(config.languages, [Lang::new("zh-CN"), Lang::new("en")]);
    assert_eq!(config.theme.as_deref(), Some("plain"));
    assert_eq!(&*config.output, "../out");
    assert_eq!((config.search, config.drafts), (false, true));
    assert_eq!(config.license.as_ref().unwrap().name.get(&Lang::new("en")), "CC BY 4.0");
    assert_eq!(config.level("county-department").unwrap().0, 1);
    assert_eq!(config.extra["colour"], "blue");

    let check = &config.check;
    assert_eq!(check.fail_on, FailOn::At(Severity::Warning));
    let severity = |name, file| check.severity(name, file, Severity::Note);
    assert_eq!(severity("deadline", "content/a.md"), None);
    assert_eq!(severity("deadline", "content/zhejiang/wenzhou/x/2012.md"), Some(Severity::Error));
    assert_eq!(severity("jump", "content/zhejiang/a.md"), Some(Severity::Warning));
    assert_eq!(severity("sum-mismatch", "content/a.md"), Some(Severity::Note));
    assert_eq!(check.jump_factor("content/zhejiang/a.md"), Decimal::new(25, 1));
    assert_eq!(check.jump_factor("content/zhejiang/wenzhou/a.md"), Decimal::ONE_HUNDRED);
}

#[test]
fn every_fault_is_reported_at_its_place() {
    let text = r#"titel = "x"
base_url = "example.org"
languages = ["zh-CN", "english language", "ZH-cn"]
theme = "../evil"
output = ""
search = "maybe"
drafts = []
repository = "git@example.org:r"
license = {url = "x"}
levels = {town = 1, city = []}
[check]
fail_on = "warn"
jump_factor = "big"
severity = {deadlnie = "off", jump = "warn"}
folder = [{path = "a/../b"}, {severity = {}}, "x"]
"#;
    let expected = [
        "missing-key",
        "unknown-key 1:1",
        "bad-base-url 2:12",
        "bad-language 3:23",
        "repeated-language 3:43",
        "bad-theme-name 4:9",
        "bad-output 5:10",
        "wrong-type 6:10",
        "wrong-type 7:10",
        "url-scheme 8:14",
        "url-scheme 9:18",
        "wrong-type 10:28",
        "not-one-of 12:11",
        "bad-jump-factor 13:15",
        "unknown-check 14:13",
        "not-one-of 14:38",
        "bad-folder 15:19",
        "missing-key 15:31",
        "wrong-type 15:47",
    ];
    assert_eq!(faults(text), expected);
    assert_eq!(read(text).0.languages, [Lang::new("zh-CN")]);
}

#[test]
fn near_names_are_suggested() {
    let help = |text: &str| read(text).1.last().unwrap().help[0].clone();
    assert_eq!(
        help("title = 'x'\nlangauges = ['en']\n"),
        Message::new("help-did-you-mean").arg("name", "languages")
    );
    let text = "title = 'x'\n[check.severity]\ndeadlnie = 'off'\n";
    assert_eq!(help(text), Message::new("help-did-you-mean").arg("name", "deadline"));
    let text = "title = 'x'\n[check.severity]\nfoo = 'off'\n";
    assert_eq!(help(text).id, "help-known-checks");
}

#[test]
fn syntax_errors_do_not_hide_other_faults() {
    let found = faults("title = x\nbase_url = \"nowhere\"\nthemes = \"a\"\n");
    assert!(found.iter().any(|fault| fault.starts_with("toml-syntax 1:")), "{found:?}");
    assert!(found.contains(&"bad-base-url 2:12".to_owned()), "{found:?}");
    assert!(found.contains(&"unknown-key 3:1".to_owned()), "{found:?}");
    assert!(!found.iter().any(|fault| fault.starts_with("missing-key")), "{found:?}");
}

#[test]
fn an_empty_list_of_languages_is_refused() {
    let (config, faults) = read("title = 'x'\nlanguages = []\n");
    assert_eq!(faults[0].code, "no-language");
    assert_eq!(config.languages, [Lang::new("zh-CN")]);
}

#[test]
fn host_and_path_are_told_apart() {
    let cases = [
        ("", None, "/"),
        ("/", None, "/"),
        ("/portal", None, "/portal/"),
        ("https://example.org", Some("https://example.org"), "/"),
        ("HTTPS://Example.org:8443/a/b/", Some("https://example.org:8443"), "/a/b/"),
        ("http://[::1]:80/", Some("http://[::1]:80"), "/"),
        ("https://政务.中国/年报/", Some("https://政务.中国"), "/年报/"),
    ];
    for (text, origin, path) in cases {
        let url = BaseUrl::parse(text).unwrap();
        assert_eq!((url.origin(), url.path()), (origin, path), "{text}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let cases = [
        ("example.org", BaseUrlError::Scheme),
        ("ftp://example.org", BaseUrlError::Scheme),
        ("https://", BaseUrlError::Host),
        ("https://a b", BaseUrlError::Host),
        ("https://user@example.org/", BaseUrlError::Host),
        ("https://example.org:99999/", BaseUrlError::Host),
        ("https://a..b/", BaseUrlError::Host),
        ("//example.org/", BaseUrlError::Path),
        ("https://example.org/?q=1", BaseUrlError::Path),
        ("https://example.org#top", BaseUrlError::Path),
        ("/a/../b", BaseUrlError::Path),
        ("/a\"b", BaseUrlError::Path),
    ];
    for (text, error) in cases {
        assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
    }
}

#[test]
fn absolute_addresses_need_a_host() {
    assert_eq!(BaseUrl::parse("/p/").unwrap().absolute("a/"), None);
    let url = BaseUrl::parse("https://example.org/p").unwrap();
    assert_eq!(url.absolute("/a/2012/").as_deref(), Some("https://example.org/p/a/2012/"));
    assert_eq!(url.absolute("").as_deref(), Some("https://example.org/p/"));
}

proptest! {
    #[test]
    fn reading_is_stable(text in "(https?://)?[a-z0-9.:/?#@%-]{0,30}") {
        if let Ok(url) = BaseUrl::parse(&text) {
            let again = format!("{}{}", url.origin().unwrap_or(""), url.path());
            prop_assert_eq!(BaseUrl::parse(&again), Ok(url));
        }
    }
}
