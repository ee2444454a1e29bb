//! A site's own templates, styles and words above those of the theme.

use crate::site::Site;

const PAGE: &str = "public/county/office/2012/index.html";

fn site() -> Site {
    Site::new().report("content/county/office/2012.md", "budget: 6")
}

#[test]
fn a_template_of_the_site_wins() {
    let site =
        site().file("templates/report.html", "<title>{{ page.title }}</title>{{ report.agency.name.text }}");
    site.run(&["build"]).ends(0);
    let html = site.read(PAGE).unwrap();
    assert!(html.ends_with("</title>某局"), "{html}");
    assert!(site.read("public/county/office/index.html").unwrap().contains("<main"), "other pages changed");
}

#[test]
fn one_block_is_overridden_and_the_rest_stays() {
    let site = site().file(
        "templates/report.html",
        "{% extends \"default/report.html\" %}{% block cite %}<p>引用方式见本站说明</p>{% endblock %}",
    );
    site.run(&["build"]).ends(0);
    let html = site.read(PAGE).unwrap();
    assert!(html.contains("<p>引用方式见本站说明</p>") && !html.contains("BibTeX"));
    assert!(html.contains("id=\"f-budget\"") && html.contains("<main"));
}

#[test]
fn a_layout_of_the_site_holds_for_every_page() {
    let site = site().file(
        "templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}<p>本站自己的页脚</p>{% endblock %}",
    );
    site.run(&["build"]).ends(0);
    for page in ["index.html", "county/index.html", "years/2012/index.html", "404.html"] {
        assert!(site.read(&format!("public/{page}")).unwrap().contains("本站自己的页脚"), "{page}");
    }
}

#[test]
fn a_named_theme_lies_between_the_shipped_one_and_the_site() {
    let site = site()
        .file("site.toml", "title = \"年报\"\ntheme = \"county\"\n")
        .file("themes/county/templates/404.html", "县")
        .file("themes/county/templates/free.html", "县")
        .file("content/about.md", "---\ntitle: 关于\n---\n正文\n")
        .file("templates/free.html", "站：{% include \"county/free.html\" %}");
    site.run(&["build"]).ends(0);
    assert_eq!(site.read("public/404.html").unwrap(), "县");
    assert_eq!(site.read("public/about/index.html").unwrap(), "站：县");
    assert!(site.read(PAGE).unwrap().contains("id=\"f-budget\""));

    site.write("site.toml", "title = \"年报\"\ntheme = \"lost\"\n".as_bytes());
    let run = site.run(&["build"]);
    assert_ne!(run.code, Some(0));
    run.says("unknown-theme");
}

#[test]
fn words_and_styles_of_the_site_win() {
    let site = site()
        .file("strings/zh-CN/own.ftl", "nav-years = 按年度\n")
        .file("static/css/site.css", ".own { color: teal }\n")
        .file("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.run(&["build"]).ends(0);
    let home = site.read("public/index.html").unwrap();
    assert!(home.contains("按年度"));
    let (_, style) = home.split_once("rel=\"stylesheet\" href=\"/").unwrap();
    let (style, _) = style.split_once('"').unwrap();
    assert!(site.read(&format!("public/{style}")).unwrap().contains(".own { color: teal }"));
    let logos = std::fs::read_dir(site.path("public/static")).unwrap();
    assert_eq!(
        logos
            .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("logo."))
            .count(),
        1
    );
}

#[test]
fn every_broken_template_is_named_at_its_line() {
    let site = site()
        .file("templates/report.html", "<main>\n{{ report.title\n</main>")
        .file("templates/home.html", "{% for x in home.years %}\n");
    site.run(&["build"])
        .ends(1)
        .says("template-syntax")
        .says("templates/report.html:")
        .says("templates/home.html:");
    assert_eq!(site.read("public/index.html"), None);
}

#[test]
fn what_a_template_does_not_know_is_a_fault_at_its_place() {
    for (template, place) in [
        ("<main>\n  {{ report.no_such_thing }}</main>", "templates/report.html:2:"),
        ("{{ nothing }}", "templates/report.html:1:"),
        ("\n\n{{ \"no-such-string\" | t }}", "templates/report.html:3:"),
        ("{{ \"no-such-file.css\" | asset }}", "templates/report.html:1:"),
        ("{% extends \"no-such-parent.html\" %}", "no-such-parent.html"),
    ] {
        let site = site().file("templates/report.html", template);
        site.run(&["build"]).ends(1).says("template-").says(place);
        assert_eq!(site.read("public/index.html"), None, "{template}: something was published");
    }
}
