//! What holds for any text.

use std::collections::BTreeSet;

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::mask::MaskedText;
use super::*;

const OPTIONS: MarkdownOptions<'_> = MarkdownOptions {
    top: 2,
    words: MarkdownWords { heading: "“{}”", table: "{}", notes: "脚注", note: "{}", back: "{}" },
    taken: &["main"],
    classes: &["note"],
};

fn rendered(text: &str) -> RenderedText {
    let hooks = Hooks {
        link: &|destination| Some(destination.replace(".md", "/")),
        image: &|destination| Some(ResolvedImage { src: destination.to_owned(), size: None }),
        shortcode: &|shortcode, _| match shortcode.name.as_str() {
            "nothing" => Err(Message::new("call-unknown").arg("name", "nothing")),
            name => Ok(format!("<b>{name}</b>").into()),
        },
    };
    render(text, &OPTIONS, &hooks)
}

/// Events without emphasis, text in one piece, without asterisks and tildes.
fn skeleton<'a>(events: impl Iterator<Item = Event<'a>>, restore: impl Fn(&str) -> String) -> Vec<String> {
    let mut skeleton: Vec<String> = Vec::new();
    let mut text = String::new();
    for event in events {
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Text(part) => text.push_str(&restore(&part).replace(['*', '~', '_'], "")),
            other => {
                skeleton.push(std::mem::take(&mut text));
                skeleton.push(match other {
                    Event::Start(Tag::Link { dest_url, title, .. }) => {
                        format!("link {} {}", restore(&dest_url), restore(&title))
                    }
                    Event::Start(Tag::Image { dest_url, title, .. }) => {
                        format!("image {} {}", restore(&dest_url), restore(&title))
                    }
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => restore(&info),
                    Event::Start(Tag::Heading { level, id, .. }) => {
                        format!("{level} {:?}", id.map(|id| restore(&id)))
                    }
                    Event::Start(Tag::FootnoteDefinition(name)) => restore(&name),
                    Event::Code(text)
                    | Event::Html(text)
                    | Event::InlineHtml(text)
                    | Event::FootnoteReference(text) => restore(&text),
                    other => format!("{other:?}"),
                });
            }
        }
    }
    skeleton.push(text);
    skeleton
}

fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Markdown of all kinds, broken in all ways.
fn markdown() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[甲乙a1 ]{1,4}",
        3 => "[：，。“”《》（）、—]",
        3 => r"(\*{1,3}|~~?|_{1,2}|`{1,3})",
        2 => r"(\n|\n\n|\r\n|  \n|\\|&amp;|&#x41;|<|>|\|)",
        1 => r"(# |## |#### |- |1\. |> |    |\t|---\n|\|-\|-\|\n|\[\^1\]|\[\^1\]: |```\n)",
        1 => r"(\[|\]|\(|\)|!\[|\]\(a\.md\)|\]\(#甲\)|\{#a\}|https://a\.b/c_d|<https://a\.b>)",
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// The same with HTML and shortcodes in it.
fn mixed() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => markdown().prop_map(|text| text.chars().take(12).collect()),
        2 => r#"(</?(div|b|p|table|tr|td|li|ul|a|details|script|svg|title|h2|section)( class="note"| href="x"| onclick="y")?>)"#,
        1 => r#"(<!--|-->|<!|<\?|<br/>|<img src="x" alt="y">|&nbsp;|\x00|\x1b|<|")"#,
        1 => r#"(\{\{ f\("a*b"\) \}\}|\{\{ nothing\(\) \}\}|\{\{|\}\}|\n\n)"#,
    ];
    proptest::collection::vec(part, 0..25).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn masking_changes_nothing_but_emphasis(text in markdown()) {
        let masked = MaskedText::of(&text);
        prop_assert_eq!(masked.text().len(), text.len());
        let parsed = skeleton(Parser::new_ext(masked.text(), extensions()), |s| masked.restore(s).into_owned());
        let plain = skeleton(Parser::new_ext(&text, extensions()), str::to_owned);
        prop_assert_eq!(parsed, plain);
    }

    #[test]
    fn text_without_chinese_is_parsed_as_it_is(text in r"([ -~\n“”…é]|\*\*|~~){0,60}") {
        prop_assume!(!text.contains("://") && !text.contains("{{"));
        let masked = MaskedText::of(&text);
        prop_assert_eq!(masked.text(), text.as_str());
    }

    #[test]
    fn the_html_is_what_a_parser_reads(text in markdown()) {
        let html = rendered(&text).html;
        let read = sanitize::sanitize(&html).replace("&nbsp;", "\u{a0}");
        prop_assert_eq!(read, html);
    }

    #[test]
    fn any_text_renders(text in prop_oneof![mixed(), any::<String>()]) {
        let found = rendered(&text);
        for problem in &found.problems {
            prop_assert!(text.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
        for link in &found.links {
            prop_assert!(text.get(link.range.clone()).is_some(), "{:?}", link);
        }
        let mut ids = BTreeSet::new();
        for heading in &found.headings {
            prop_assert!((2..=6).contains(&heading.level));
            prop_assert!(ids.insert(heading.id.clone()));
        }
        prop_assert!(found.plain.get(found.lead.clone()).is_some());
        let private = |c: &char| matches!(c, '\u{e000}'..='\u{efff}' | '\u{2800}'..='\u{28ff}');
        for c in found.html.chars().chain(found.plain.chars()).filter(private) {
            let reference = format!("&#{}", c as u32);
            prop_assert!(text.contains(c) || text.contains(&reference), "a mask leaks");
        }
    }

    #[test]
    fn no_html_of_the_author_is_left_unchecked(text in mixed()) {
        let hooks = Hooks {
            link: &|_| Some("/".to_owned()),
            image: &|_| None,
            shortcode: &|_, _| Ok(ShortcodeOutput::default()),
        };
        let html = render(&text, &OPTIONS, &hooks).html;
        let read = sanitize::sanitize(&html);
        prop_assert_eq!(read.replace("&nbsp;", "\u{a0}"), html.replace("&nbsp;", "\u{a0}"));
        for bad in ["<script", "onclick=", "<svg", "<title"] {
            prop_assert!(!html.contains(bad) || text.contains(&bad.replace('<', "&lt;")), "{}", html);
        }
    }
}
