//! Markdown to HTML: whole texts, and what holds for any text.

mod properties;

use glasshouse::base::diagnostic::{At, Message};
use glasshouse::base::source::FilePath;
use glasshouse::markdown::{
    Hooks, LinkTarget, MarkdownOptions, MarkdownWords, Placement, RenderedText, ResolvedImage,
    ShortcodeOutput, TextHeading, render,
};

const WORDS: MarkdownWords<'_> = MarkdownWords {
    heading: "链接到“{}”",
    table: "表格 {}",
    notes: "脚注",
    note: "脚注 {}",
    back: "回到正文 {}",
};

const OPTIONS: MarkdownOptions<'_> =
    MarkdownOptions { top: 2, words: WORDS, taken: &["main"], classes: &["note"] };

fn rendered(text: &str) -> RenderedText {
    let hooks = Hooks {
        link: &|destination| {
            let found = !destination.contains("missing");
            found.then(|| destination.replace(".md", "/"))
        },
        image: &|destination| {
            let found = !destination.contains("missing");
            found.then(|| ResolvedImage { src: destination.to_owned(), size: None })
        },
        shortcode: &|shortcode, placement| match (shortcode.name.as_str(), placement) {
            ("nothing", _) => Err(Message::new("call-unknown").arg("name", &*shortcode.name)),
            ("level", Placement::Block { level }) => Ok(format!("<h{level}>").into()),
            (name, Placement::Block { .. }) => {
                Ok(format!("<figure onclick=\"trusted\">{name}</figure>").into())
            }
            ("said", Placement::Inline) => {
                Ok(ShortcodeOutput { html: "<b>3件</b>".to_owned(), text: "3件".to_owned() })
            }
            (name, Placement::Inline) => Ok(format!("<b>{name}</b>").into()),
        },
    };
    render(text, &OPTIONS, &hooks)
}

fn html(text: &str) -> String {
    rendered(text).html
}

/// The problems of a text: the message's id and the bytes it points to.
fn problems(text: &str) -> Vec<(&'static str, String)> {
    let found = rendered(text).problems.into_iter();
    found.map(|problem| (problem.message.id, text[problem.range].to_owned())).collect()
}

#[test]
fn prose_becomes_paragraphs_lists_and_quotes() {
    assert_eq!(
        html("一段*文字*，`<b>`。\n\n> 引文\n\n3. 甲\n4. 乙\n\n---\n\n- a  \n  b\n"),
        "<p>一段<em>文字</em>，<code>&lt;b&gt;</code>。</p>\n\
         <blockquote>\n<p>引文</p>\n</blockquote>\n\
         <ol start=\"3\">\n<li>甲</li>\n<li>乙</li>\n</ol>\n<hr>\n\
         <ul>\n<li>a<br>\nb</li>\n</ul>\n"
    );
}

#[test]
fn emphasis_works_beside_chinese_punctuation() {
    let cases = [
        ("**重点：**后文", "<strong>重点：</strong>后文"),
        ("**“五公开”**工作", "<strong>“五公开”</strong>工作"),
        ("前文**《条例》**规定", "前文<strong>《条例》</strong>规定"),
        ("前文*《条例》*规定", "前文<em>《条例》</em>规定"),
        ("前文***《条例》***规定", "前文<em><strong>《条例》</strong></em>规定"),
        ("前文~~（一）~~后文", "前文<del>（一）</del>后文"),
        (
            "甲**“乙”**丙**《丁》**戊*（己）*庚",
            "甲<strong>“乙”</strong>丙<strong>《丁》</strong>戊<em>（己）</em>庚",
        ),
        ("依据**[《条例》](a.md)**规定", "依据<strong><a href=\"a/\">《条例》</a></strong>规定"),
        ("共**`a`**项", "共<strong><code>a</code></strong>项"),
        ("第**(一)**项", "第<strong>(一)</strong>项"),
        ("附件PDF**（一）**见", "附件PDF<strong>（一）</strong>见"),
        ("**《甲》*乙：*丙**丁", "<strong>《甲》<em>乙：</em>丙</strong>丁"),
        ("**{{ f() }}**条，**甲。**", "<strong><b>f</b></strong>条，<strong>甲。</strong>"),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"), "{text}");
    }
}

#[test]
fn asterisks_that_mean_themselves_stay() {
    let cases = [
        (r"\*\*重点：\*\*后文", "**重点：**后文"),
        ("`**重点：**后`文", "<code>**重点：**后</code>文"),
        ("[甲](/a*：*b)", "<a href=\"/a*：*b\">甲</a>"),
        ("3 * 4 ** 5：6", "3 * 4 ** 5：6"),
        ("**a:**b", "**a:**b"),
        ("（五）~（六）和（七）~（八）", "（五）~（六）和（七）~（八）"),
        ("“5”~“6”，“7”~“8”", "“5”~“6”，“7”~“8”"),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"), "{text}");
    }
    assert_eq!(
        html("```\n**重点：**后文 {{ f() }} https://a.b\n```"),
        "<pre><code>**重点：**后文 {{ f() }} https://a.b\n</code></pre>\n"
    );
    assert_eq!(html("`{{ f() }}\n**：**后`"), "<p><code>{{ f() }} **：**后</code></p>\n");
}

#[test]
fn a_line_break_in_chinese_is_no_space() {
    assert_eq!(html("主动公开\n政府信息"), "<p>主动公开政府信息</p>\n");
    assert_eq!(html("他说：\n“好”\n了"), "<p>他说：“好”了</p>\n");
    assert_eq!(html("主动\n**公开**\n*信息*"), "<p>主动<strong>公开</strong><em>信息</em></p>\n");
    assert_eq!(html("of\n**open**"), "<p>of\n<strong>open</strong></p>\n");
    assert_eq!(html("共\n289 条"), "<p>共\n289 条</p>\n");
    assert_eq!(rendered("主动\n公开 open\nbook").plain, "主动公开 open book");
}

#[test]
fn what_a_call_says_is_part_of_the_text() {
    assert_eq!(rendered("办结{{ said() }}，余下{{ said() }}。").plain, "办结3件，余下3件。");
    assert_eq!(rendered("见 {{ other() }}。").plain, "见 。");
}

#[test]
fn headings_have_ids_links_and_levels_in_order() {
    let found = rendered("## 一、概述\n\n### A & *b* {#own .note}\n\n## 一、概述\n");
    assert_eq!(
        found.html,
        "<div class=\"heading\"><h2 id=\"一-概述\">一、概述</h2>\
         <a class=\"anchor\" href=\"#一-概述\" aria-label=\"链接到“一、概述”\">#</a></div>\n\
         <div class=\"heading\"><h3 id=\"own\" class=\"note\">A &amp; <em>b</em></h3>\
         <a class=\"anchor\" href=\"#own\" aria-label=\"链接到“A &amp; b”\">#</a></div>\n\
         <div class=\"heading\"><h2 id=\"一-概述-2\">一、概述</h2>\
         <a class=\"anchor\" href=\"#一-概述-2\" aria-label=\"链接到“一、概述”\">#</a></div>\n"
    );
    let heading =
        |level, id: &str, text: &str| TextHeading { level, id: id.to_owned(), text: text.to_owned() };
    assert_eq!(
        found.headings,
        [heading(2, "一-概述", "一、概述"), heading(3, "own", "A & b"), heading(2, "一-概述-2", "一、概述"),]
    );
    assert_eq!(found.problems, []);
}

#[test]
fn headings_out_of_order_are_put_right_and_reported() {
    let levels = |text| -> Vec<u8> {
        let headings = rendered(text).headings;
        headings.iter().map(|heading| heading.level).collect()
    };
    assert_eq!(levels("# a\n## b\n### c\n"), [2, 3, 4]);
    assert_eq!(levels("## a\n### b\n## c\n"), [2, 3, 2]);
    assert_eq!(levels("## a\n##### b\n"), [2, 3]);
    assert_eq!(levels("# a\n## b\n### c\n#### d\n##### e\n###### f\n"), [2, 3, 4, 5, 6, 6]);
    assert_eq!(
        problems("## a\n##### b\n# c\n"),
        [("heading-order", "##### b".to_owned()), ("heading-order-rises", "# c".to_owned())]
    );
    assert_eq!(problems("## a {#main}\n"), [("heading-id", "## a {#main}".to_owned())]);
    assert_eq!(html("## \n"), "");
}

#[test]
fn links_go_through_the_resolver_and_are_reported() {
    let text = "[a](../2011.md) [b](missing.md \"t\") [c](https://example.org \"t\") <a@example.org>";
    let found = rendered(text);
    assert_eq!(
        found.html,
        "<p><a href=\"../2011/\">a</a> b \
         <a href=\"https://example.org\" rel=\"external\" title=\"t\">c</a> \
         <a href=\"mailto:a@example.org\">a@example.org</a></p>\n"
    );
    assert_eq!(problems(text), [("broken-link", "missing.md".to_owned())]);
    let links: Vec<_> = found.links.iter().map(|link| (&text[link.range.clone()], link.target)).collect();
    assert_eq!(
        links,
        [
            ("../2011.md", LinkTarget::Internal),
            ("missing.md", LinkTarget::Internal),
            ("https://example.org", LinkTarget::External),
            ("<a@example.org>", LinkTarget::External),
        ]
    );
}

#[test]
fn anchors_are_checked_in_the_same_text() {
    let text = "[a](#概述) [b](#%E6%A6%82%E8%BF%B0) [c](#none) [d](#main) [e](#fn:1) [f](#top)[^1]\n\n\
                # 概述\n\n[^1]: n\n";
    assert_eq!(problems(text), [("broken-anchor", "#none".to_owned())]);
}

#[test]
fn unknown_schemes_are_dropped() {
    for destination in ["javascript:alert(1)", "JAVA&#10;SCRIPT:x", "data:text/html,x", "vbscript:x"] {
        let text = format!("[a]({destination}) ![b]({destination})");
        assert_eq!(html(&text), "<p>a b</p>\n");
        let ids: Vec<_> = problems(&text).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["link-scheme", "link-scheme"], "{text}");
    }
}

#[test]
fn bare_addresses_become_links() {
    assert_eq!(
        html("网址：https://example.org/a_b_c?x=1&y=2。**https://example.org/**后"),
        "<p>网址：<a href=\"https://example.org/a_b_c?x=1&amp;y=2\" rel=\"external\">\
         https://example.org/a_b_c?x=1&amp;y=2</a>。<strong>\
         <a href=\"https://example.org/\" rel=\"external\">https://example.org/</a></strong>后</p>\n"
    );
    assert_eq!(
        html("[见https://example.org](https://example.org/b)"),
        "<p><a href=\"https://example.org/b\" rel=\"external\">见https://example.org</a></p>\n"
    );
    assert_eq!(
        html("<https://example.org/>\n\n[r]\n\n[r]: https://example.org/r"),
        "<p><a href=\"https://example.org/\" rel=\"external\">https://example.org/</a></p>\n\
         <p><a href=\"https://example.org/r\" rel=\"external\">r</a></p>\n"
    );
    assert_eq!(
        html("[a](https://example.org/?a=1&amp;b=2)"),
        "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"external\">a</a></p>\n"
    );
}

#[test]
fn images_are_lazy_and_have_alternative_text() {
    let text = "![一*张*\n“图”](a_b.png \"题\")\n\n![](a.png)![c](missing.png)";
    assert_eq!(
        html(text),
        "<p><img src=\"a_b.png\" alt=\"一张“图”\" title=\"题\" loading=\"lazy\"></p>\n\
         <p><img src=\"a.png\" alt=\"\" loading=\"lazy\">c</p>\n"
    );
    assert_eq!(
        problems(text),
        [("image-without-alt", "![](a.png)".to_owned()), ("missing-image", "missing.png".to_owned())]
    );
}

#[test]
fn tables_scroll_in_named_frames() {
    let text = "|  | 数 |\n|:-|-:|\n| 甲 | **（一）** |\n\n| a |\n|:-:|\n";
    assert_eq!(
        html(text),
        "<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"表格 1\"><table>\n\
         <thead><tr><td class=\"left\"></td><th scope=\"col\" class=\"right\">数</th></tr></thead>\n\
         <tbody>\n<tr><td class=\"left\">甲</td><td class=\"right\"><strong>（一）</strong></td></tr>\n\
         </tbody></table></section>\n\
         <section class=\"table-scroll\" tabindex=\"0\" aria-label=\"表格 2\"><table>\n\
         <thead><tr><th scope=\"col\" class=\"center\">a</th></tr></thead>\n\
         <tbody>\n</tbody></table></section>\n"
    );
    assert_eq!(rendered(text).plain, "数\n甲 （一）\na");
}

#[test]
fn footnotes_link_both_ways() {
    let text = "甲[^b]，乙[^a]，丙[^B]。\n\n[^a]: 说明\n[^b]: 来源\n\n    续\n[^c]: 无人\n";
    assert_eq!(
        html(text),
        "<p>甲<sup id=\"fnref:1\"><a href=\"#fn:1\" role=\"doc-noteref\" aria-label=\"脚注 1\">1</a></sup>，\
         乙<sup id=\"fnref:2\"><a href=\"#fn:2\" role=\"doc-noteref\" aria-label=\"脚注 2\">2</a></sup>，\
         丙<sup id=\"fnref:1:2\"><a href=\"#fn:1\" role=\"doc-noteref\" aria-label=\"脚注 1\">1</a></sup>。</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n\
         <li id=\"fn:1\"><p>来源</p>\n<p>续 \
         <a href=\"#fnref:1\" role=\"doc-backlink\" aria-label=\"回到正文 1\">↩</a> \
         <a href=\"#fnref:1:2\" role=\"doc-backlink\" aria-label=\"回到正文 1\">↩</a></p>\n</li>\n\
         <li id=\"fn:2\"><p>说明 \
         <a href=\"#fnref:2\" role=\"doc-backlink\" aria-label=\"回到正文 2\">↩</a></p>\n</li>\n\
         <li id=\"fn:3\"><p>无人</p>\n</li>\n\
         </ol>\n</section>\n"
    );
    let ids: Vec<_> = problems(text).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["footnote-unused"]);
    assert_eq!(rendered(text).plain, "甲，乙，丙。\n来源\n续\n说明\n无人");
}

#[test]
fn calls_stand_for_blocks_or_words() {
    assert_eq!(
        html("{{ chart(\"a_b_c\") }}\n\n共 {{ figure(\"x\") }}\n条。\n\n{{ a() }}\n{{ b() }}\n"),
        "<figure onclick=\"trusted\">chart</figure>\n<p>共 <b>figure</b>\n条。</p>\n\
         <figure onclick=\"trusted\">a</figure>\n<figure onclick=\"trusted\">b</figure>\n"
    );
    let nested = html("{{ level() }}\n\n# 甲\n\n{{ level() }}\n\n## 乙\n\n<p>\n{{ level() }}\n");
    let levels: Vec<_> = nested.lines().filter(|line| line.starts_with("<h")).collect();
    assert_eq!(levels, ["<h2>", "<h3>", "<h4>"]);
    let found = rendered("甲 {{ f() }} 乙\n\n{{ f() }}\n\n## {{ f() }}表\n");
    assert_eq!(found.plain, "甲  乙\n表");
    assert_eq!(found.headings[0].text, "表");
}

#[test]
fn calls_that_fail_stay_as_text_and_are_reported() {
    let text = "{{ nothing(\"a<b\") }}\n\n甲 {{ nothing() }}\n\n{{ f(“a”) }} `{{ x` {{ y";
    assert_eq!(
        html(text),
        "<p>{{ nothing(\"a&lt;b\") }}</p>\n<p>甲 {{ nothing() }}</p>\n\
         <p>{{ f(“a”) }} <code>{{ x</code> {{ y</p>\n"
    );
    assert_eq!(
        problems(text),
        [
            ("call-unknown", "{{ nothing(\"a<b\") }}".to_owned()),
            ("call-unknown", "{{ nothing() }}".to_owned()),
            ("call-syntax-full-width", "“".to_owned()),
            ("call-syntax-open", "{{ y".to_owned()),
        ]
    );
}

#[test]
fn raw_html_is_made_anew_from_what_is_allowed() {
    let text = "<div class=\"note evil\" onclick=\"x()\" style=\"a\" id=\"main\">\n\n\
                **重点：**后文<script>alert(1)</script>\n\n</div>\n\n\
                H<sub>2</sub>O <a href=\"a.md\" title=\"t\">a</a> <a href='java&Tab;script:x'>b</a> \
                <ruby>汉<rt>hàn</rt></ruby> &copy;<br/>{{ f() }}\n";
    assert_eq!(
        html(text),
        "<div class=\"note\">\n<p><strong>重点：</strong>后文alert(1)</p>\n</div>\n\
         <p>H<sub>2</sub>O <a href=\"a/\" title=\"t\">a</a> <a>b</a> \
         <ruby>汉<rt>hàn</rt></ruby> ©<br><b>f</b></p>\n"
    );
    let ids: Vec<_> = problems(text)
        .into_iter()
        .map(|(id, found)| (id, found.chars().take(9).collect::<String>()))
        .collect();
    assert_eq!(
        ids,
        [
            ("html-removed", "<div clas".to_owned()),
            ("html-removed", "<div clas".to_owned()),
            ("html-removed", "<div clas".to_owned()),
            ("html-removed", "<div clas".to_owned()),
            ("html-removed", "<script>".to_owned()),
            ("link-scheme", "<a href='".to_owned()),
        ]
    );
}

#[test]
fn raw_blocks_hold_markdown_calls_and_pictures() {
    let text = "<details open>\n<summary>说明</summary>\n\n- 甲\n\n</details>\n\n\
                <figure>\n{{ f() }}\n<img src=\"a.png\" alt=\"图\" width=\"3\" height=\"2\">\n\
                <figcaption>见{{ f() }}，https://example.org</figcaption>\n</figure>\n";
    assert_eq!(
        html(text),
        "<details open=\"\">\n<summary>说明</summary>\n<ul>\n<li>甲</li>\n</ul>\n</details>\n\
         <figure>\n<figure onclick=\"trusted\">f</figure>\n\n\
         <img src=\"a.png\" alt=\"图\" width=\"3\" height=\"2\" loading=\"lazy\">\n\
         <figcaption>见<b>f</b>，<a href=\"https://example.org\" rel=\"external\">https://example.org</a>\
         </figcaption>\n</figure>\n"
    );
    assert_eq!(rendered(text).plain, "说明\n甲\n图\n见，https://example.org");
    assert_eq!(
        problems("> <p>\n> {{ f( }} <!-- {{ g( -->\n> </p>"),
        [("call-syntax-value", "{{ f( }}".to_owned())]
    );
}

#[test]
fn raw_html_cannot_lead_out_of_where_it_stands() {
    assert_eq!(html("a <b>b\n\nc"), "<p>a <b>b</b></p>\n<p>c</p>\n");
    assert_eq!(html("- <div>a\n- b\n"), "<ul>\n<li><div>a\n</div></li>\n<li>b</li>\n</ul>\n");
    assert_eq!(html("> a\n>\n> </blockquote></div></main></p>\n\nb"), html("> a\n\nb"));
    assert_eq!(html("<div>\n\na"), "<div>\n<p>a</p>\n</div>");
    assert_eq!(html("*a</em> b*"), "<p><em>a b</em></p>\n");
    assert_eq!(html("<table><tr><td>a\n\nb"), html("<table><tr><td>a\n\nb\n\n</table>"));
    assert_eq!(html("a <textarea> <title> <plaintext> <!-- x --> b"), "<p>a     b</p>\n");
}

#[test]
fn comments_alone_need_no_sanitising() {
    let text = "<!-- 编者注 -->\n\n甲 <!-- b --> 乙";
    assert_eq!(html(text), "<p>甲  乙</p>\n");
    assert_eq!(problems(text), []);
}

#[test]
fn windows_line_ends_are_line_ends() {
    let text = "# 甲\r\n\r\n乙\r\n丙 a\r\nb\r\n\r\n```\r\nx\r\ny\r\n```\r\n\r\n<div>\r\nz\r\n</div>\r\n";
    assert_eq!(html(text), html(&text.replace('\r', "")));
}

#[test]
fn the_excerpt_is_the_first_paragraph() {
    let found = rendered("# 报告\n\n{{ chart() }}\n\n第一句。第二**句**[^1]。\n\n另一段。\n\n[^1]: x");
    assert_eq!(found.excerpt(100), "第一句。第二句。");
    assert_eq!(found.excerpt(6), "第一句。");
    assert_eq!(rendered("# 报告").excerpt(100), "");
}

#[test]
fn a_problem_becomes_a_diagnostic_of_its_file() {
    let problem = rendered("甲[b](missing.md)").problems.remove(0);
    let file: FilePath = "content/a.md".into();
    let diagnostic = problem.diagnostic(&file, 100);
    assert_eq!(diagnostic.code, "broken-link");
    assert_eq!(diagnostic.places[0].at, At::Span(107..117));
}

#[test]
fn private_characters_of_the_author_survive() {
    let text = "甲**：**\u{e000}乙 {{ f() }} &#xE001;**。**丙 \u{e002}0\u{e002} \u{2800}";
    assert_eq!(
        html(text),
        "<p>甲<strong>：</strong>\u{e000}乙 <b>f</b> \u{e001}<strong>。</strong>丙 \
         \u{e002}0\u{e002} \u{2800}</p>\n"
    );
}
