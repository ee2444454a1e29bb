//! What holds for any text.

use glasshouse::markdown::{Hooks, ShortcodeOutput, render};
use proptest::prelude::*;
use pulldown_cmark::{Options, Parser};

use super::{OPTIONS, html, rendered};

fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn latin_prose_is_what_the_parsers_own_writer_makes(
        text in r"([a1. ]{1,4}|\*{1,3}|_{1,2}|`{1,2}|\n\n?|  \n|- |1\. |> |    |\[a\]\(b\)|\\|&amp;|!){0,40}"
    ) {
        let hooks = Hooks {
            link: &|destination| Some(destination.to_owned()),
            image: &|_| None,
            shortcode: &|_, _| Ok(ShortcodeOutput::default()),
        };
        let mut expected = String::new();
        pulldown_cmark::html::push_html(&mut expected, Parser::new_ext(&text, extensions()));
        let others = ["<h2>", "<img", "language-"];
        prop_assume!(!others.iter().any(|other| expected.contains(other)));
        let expected = expected.replace("<br />", "<br>").replace("<hr />", "<hr>");
        let html = render(&text, &OPTIONS, &hooks).html;
        prop_assert_eq!(html.replace('\n', ""), expected.replace('\n', ""));
    }

    #[test]
    fn chinese_in_asterisks_is_strong(
        before in "[甲a]?甲", inside in "[：，“”《》（）a乙)]{1,6}", after in "乙[a乙]?",
    ) {
        for (mark, tag) in [("**", "strong"), ("*", "em"), ("~~", "del")] {
            let text = format!("{before}{mark}{inside}{mark}{after}");
            let expected = format!("<p>{before}<{tag}>{inside}</{tag}>{after}</p>\n");
            prop_assert_eq!(html(&text), expected);
        }
    }
}

/// Texts made to be deep, long or slow to read, of about `size` bytes.
fn hostile(size: usize) -> Vec<String> {
    let mut texts: Vec<String> = [
        ">",
        "> ",
        "- ",
        "1. ",
        "[^a]: ",
        "[",
        "![",
        "[a](",
        "[a][",
        "*",
        "**甲*",
        "_a ",
        "~~（",
        "`",
        "<",
        "<div>",
        "<div>\n\n",
        "<b>",
        "<b>a\n\n",
        "<a href=\"",
        "<table><td>",
        "<!--",
        "<![CDATA[",
        "<script>",
        "{{",
        "{{ a(\"",
        "{{ a() }}",
        "https://a",
        "{#",
        "# a\n",
        "[^a]",
        "甲\n",
        "&",
        "|",
        "\\",
        "\u{e000}",
        "&#xE000;",
        "\0",
    ]
    .iter()
    .map(|part| part.repeat(size / part.len()))
    .collect();
    let half = |part: &str| part.repeat(size / 2 / part.len());
    texts.push(half("[") + &half("]"));
    texts.push(half("**甲*") + &half("*乙**"));
    texts.push(half("<div>") + "a\n\n" + &half("*b*\n\n"));
    texts.push(half("> ") + "a\n" + &half("b\n"));
    texts.push((0..190).map(|depth| " ".repeat(depth * 2) + "- a\n").collect());
    texts.push(half("|a") + "|\n" + &half("|-") + "|\n");
    texts
}

/// How deep the elements of a document nest.
fn depth(html: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for tag in html.split('<').skip(1) {
        if tag.starts_with('/') {
            depth -= 1;
        } else if !["br", "hr", "img", "wbr", "col>"].iter().any(|void| tag.starts_with(void)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    assert_eq!(depth, 0, "tags pair");
    deepest
}

#[test]
fn hostile_texts_need_little_stack_and_stay_flat() {
    let run = || {
        for text in hostile(60_000) {
            let found = rendered(&text);
            let start: String = text.chars().take(20).collect();
            assert!(depth(&found.html) <= 256, "{start}");
            assert!(found.problems.len() <= 501, "{start}");
        }
    };
    // An eighth of what threads usually have: recursion over the input would overflow it.
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    thread.spawn(run).unwrap().join().unwrap();
}
