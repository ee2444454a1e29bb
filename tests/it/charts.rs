//! Which charts stand where: by what a small site's reports give.

use std::path::Path;

use crate::site::Site;

/// A report with every outcome of 60 requests.
fn report(received: u32, granted: u32) -> String {
    format!(
        "---\ntitle: 年报\nform: gb-2014\nstatistics:\n  req_received: {received}\n  req_answered: 60\n  ans_already_public: 0\n  ans_granted: {granted}\n  ans_partial: 9\n  ans_refused: {}\n---\n正文\n",
        51 - granted
    )
}

/// A county whose agencies each have a report on 2017.
fn county(agencies: u32) -> Site {
    let mut site = Site::new().file("content/county/office/2017.md", &report(50, 45));
    for at in 1..agencies {
        let folder = format!("content/county/a{at}");
        site = site
            .file(&format!("{folder}/_index.md"), &format!("---\nkind: agency\nname: 第{at}局\n---\n"))
            .file(&format!("{folder}/2017.md"), &report(10 * at, 40));
    }
    site
}

fn page(site: &Site, path: &str) -> String {
    let html = site.read(&format!("public/{path}")).unwrap_or_else(|| panic!("there is no {path}"));
    // What keeps a number and its unit on one line is no part of the text.
    let mut parts = html.split("<span class=\"nb\">");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |text, part| text + &part.replacen("</span>", "", 1))
}

#[test]
fn a_spread_needs_eight_agencies_and_a_region_tells_what_became_of_its_requests() {
    let site = county(9);
    for year in 2013..2017 {
        site.write(&format!("content/county/office/{year}.md"), report(40, 30).as_bytes());
    }
    site.run(&["build"]).ends(0);
    let html = page(&site, "indicators/requests_received/index.html");
    let spread = html.split_once("id=\"chart-spread\"").expect("nine agencies make a spread").1;
    // 10, 20, 30, 40, 50, 50, 60, 70, 80: two are left out at either end.
    assert!(spread.contains("2017年收到申请数：居中的一半单位在30至60件之间"), "{spread}");
    let table = page(&site, "indicators/requests_received/chart-spread.csv");
    let values: Vec<&str> = table.lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
    assert_eq!(values, ["10", "30", "50", "60", "80"], "{table}");

    let (_, agencies) =
        html.split_once("<section id=\"agencies\"><figure").expect("a figure of all agencies");
    assert!(agencies.contains("id=\"chart-agencies-title\">9个单位的收到申请数，2013—2017年"), "{agencies}");
    // The key is read aloud too: its marks stand in the cells.
    assert!(agencies.contains("<ul class=\"key\">"), "{agencies}");
    assert!(agencies.contains("缺</i>未见年报") && !agencies.contains("未转录"), "{agencies}");
    let table = page(&site, "indicators/requests_received/chart-agencies.csv");
    assert!(table.contains("\n某局,2016,40,value,") && table.contains("\n第1局,2016,,no-report,"), "{table}");
    let picture = page(&site, "indicators/requests_received/chart-agencies.svg");
    assert!(
        picture.contains(">某局<") && picture.contains(">缺<") && picture.contains("未见年报"),
        "{picture}"
    );

    let region = page(&site, "county/index.html");
    let outcomes = region.split_once("id=\"chart-outcomes\"").expect("a region's outcomes").1;
    assert!(outcomes.contains("2017年办结540件申请") && outcomes.contains("365 · 67.6%"), "{outcomes}");
    assert!(outcomes.contains("9个单位每项都有确切数字"), "{outcomes}");
    assert!(outcomes.contains("因四舍五入，合计可能不等于100%。"), "{outcomes}");
    assert!(page(&site, "county/chart-outcomes.csv").contains(",365,value,"));

    assert!(page(&site, "county/office/index.html").contains("<td class=\"shape\"><svg"), "five years");
    assert!(!page(&site, "county/a1/index.html").contains("class=\"shape\""), "one year");

    let text = report(50, 45).replace("正文", "{{ chart(\"outcomes\", kind=\"shares\") }}");
    site.write("content/county/office/2017.md", text.as_bytes());
    site.write(
        "content/county/a1/2017.md",
        report(10, 40).replace("ans_partial: 9", "ans_partial:").as_bytes(),
    );
    site.write("content/county/a2/2017.md", b"---\ntitle: x\nform: gb-2014\n---\n");
    site.write("content/county/a3/2017.md", b"---\ntitle: x\nform: gb-2014\n---\n");
    site.run(&["build"]).ends(0);
    let html = page(&site, "indicators/requests_received/index.html");
    assert!(!html.contains("chart-spread"), "seven agencies make none");
    assert!(
        page(&site, "county/index.html").contains("6个单位每项都有确切数字"),
        "a blank outcome is no zero"
    );
    let shares = page(&site, "county/office/2017/chart-text-1.svg");
    let rounded = "因四舍五入，合计可能不等于100%。";
    assert!(shares.contains(&format!("各年以全部结果为100%；{rounded}")), "{shares}");
}

#[test]
fn tiles_show_regions_where_their_files_put_them() {
    let region = |name: &str, tile: &str| format!("---\nkind: region\nname: {name}\ntile: {tile}\n---\n");
    let calling = |arguments: &str| {
        format!("---\ntitle: 关于\n---\n{{{{ chart(\"requests_received\", kind=\"tiles\"{arguments}) }}}}\n")
    };
    let site = county(2)
        .file("content/county/_index.md", &region("某县", "{column: 3, row: 4, name: 某}"))
        .file("content/east/_index.md", &region("东县", "{column: 4, row: 4}"))
        .file("content/west/_index.md", "---\nkind: region\nname: 西县\n---\n")
        .file("content/about.md", &calling(""));
    let run = site.run(&["build"]).ends(0);
    let csv = page(&site, "about/chart-text-1.csv");
    assert!(csv.contains("某县,收到申请数（件）,60,value,"), "{csv} {}", run.all());
    assert!(csv.contains("东县,收到申请数（件）,,no-report,") && !csv.contains("西县"), "{csv}");
    let svg = page(&site, "about/chart-text-1.svg");
    assert!(
        svg.contains(">某<") && svg.contains(">东县<") && svg.contains("2017年各地区收到申请数"),
        "{svg}"
    );

    site.write("content/about.md", calling(", agencies=\"county/office\"").as_bytes());
    site.run(&["build"]).ends(1).says("content/about.md:4").says("agencies");
    site.write("content/about.md", calling("").as_bytes());
    site.write("content/east/_index.md", region("东县", "{column: 3, row: 4}").as_bytes());
    site.run(&["build"]).ends(1).says("tile-taken").says("tile: {column: 3, row: 4");
    site.write("content/east/_index.md", region("东县", "{column: 0, row: 4}").as_bytes());
    site.run(&["build"]).ends(1).says("content/east/_index.md:4").says("20");
    for path in ["county", "east"] {
        let text = format!("---\nkind: region\nname: {path}\n---\n");
        site.write(&format!("content/{path}/_index.md"), text.as_bytes());
    }
    site.run(&["build"]).ends(1).says("content/about.md:4").says("tile:");
}

#[test]
fn a_title_says_what_two_years_tell_and_no_more() {
    let site = Site::new()
        .file("site.toml", "title = \"年报\"\nlanguages = [\"zh-CN\", \"en\"]\n")
        .report("content/county/office/2012.md", "proactive_total: 93\n  budget: 680余")
        .report("content/county/office/2013.md", "proactive_total: 113\n  budget: 700多");
    let call = "---\nkind: agency\nname: {zh: 某局, en: An office}\n---\n{{ chart(\"budget\") }}\n";
    site.write("content/county/office/_index.md", call.as_bytes());
    site.run(&["build"]).ends(0);
    let agency = page(&site, "county/office/index.html");
    assert!(agency.contains("2013年113条，比2012年增加20条</h2>"), "{agency}");
    assert!(agency.contains("来源：某局各年年报；计算：本站。"), "{agency}");
    let budget = page(&site, "county/office/chart-text-1.svg");
    assert!(budget.contains("2013年至少700万元<") && !budget.contains("比2012年"), "{budget}");
    assert!(
        budget.contains(">至少680<") && !budget.contains("约"),
        "a bound is written as tables write it: {budget}"
    );
    let english = page(&site, "en/county/office/index.html");
    assert!(english.contains("113 items in 2013, 20 items more than in 2012</h2>"), "{english}");
}

#[test]
fn english_counts_one_in_the_singular() {
    let site = Site::new()
        .file("site.toml", "title = \"年报\"\nlanguages = [\"zh-CN\", \"en\"]\n")
        .report("content/county/office/2012.md", "proactive_total: 2\n  requests_total: 5")
        .report("content/county/office/2013.md", "proactive_total: 1\n  requests_total: 4");
    site.run(&["build"]).ends(0);
    let agency = page(&site, "en/county/office/index.html");
    assert!(agency.contains("1 item in 2013, 1 item fewer than in 2012</h2>"), "{agency}");
    let report = page(&site, "en/county/office/2013/index.html");
    assert!(report.contains("1</span><span class=\"unit\">item</span>"), "{report}");
    assert!(report.contains("1 case fewer than in 2012"), "{report}");

    let bars =
        "{{ chart(\"proactive_items\", kind=\"bars\", agencies=[\"county/office\", \"county/other\"]) }}";
    let bars = format!("---\ntitle: 关于\n---\n{bars}\n");
    site.write("content/county/other/_index.md", "---\nkind: agency\nname: 另一局\n---\n".as_bytes());
    let other = site.read("content/county/office/2013.md").unwrap();
    site.write(
        "content/county/other/2013.md",
        other.replace("proactive_total: 1", "proactive_total: 0").as_bytes(),
    );
    site.write("content/about.md", bars.as_bytes());
    site.run(&["build"]).ends(0);
    let drawn = page(&site, "en/about/index.html");
    assert!(drawn.contains(">1 item</text>"), "a drawing has the same word: {drawn}");
}

#[test]
fn the_home_page_compares_like_with_like_in_a_year_most_have_reported_on() {
    let agency = |name: &str| format!("---\nkind: agency\nname: {name}\n---\n");
    let site = Site::new()
        .file("content/county/other/_index.md", &agency("另一局"))
        .file("content/county/third/_index.md", &agency("第三局"))
        .report("content/county/office/2012.md", "proactive_total: 93")
        .report("content/county/other/2012.md", "proactive_total: 7")
        .report("content/county/office/2013.md", "proactive_total: 113")
        .report("content/county/third/2013.md", "proactive_total: 50")
        .report("content/county/other/2013.md", "proactive_total: 近10")
        .report("content/county/office/2014.md", "proactive_total: 500");
    site.run(&["build"]).ends(0);
    let home = page(&site, "index.html");
    assert!(
        home.contains("已收录单位2013年合计") && home.contains(">163<"),
        "one of three reported for 2014: {home}"
    );
    assert!(home.contains("两年都有确切数字的1个单位：比2012年增加20条"), "{home}");
}

#[test]
fn what_is_the_same_for_all_is_said_once() {
    let site = Site::new()
        .report("content/county/office/2012.md", "proactive_total: 93\n  requests_total: 5\n  lit_total: 0")
        .report("content/county/office/2018.md", "proactive_total: 113\n  requests_total: 6\n  lit_total: 0");
    site.run(&["build"]).ends(0);
    let report = page(&site, "county/office/2018/index.html");
    assert_eq!(report.matches("2017年未见年报，不作比较").count(), 1, "{report}");
    let agency = page(&site, "county/office/index.html");
    assert!(agency.contains("<th scope=\"row\">2013—2017年</th><td colspan=\"4\">"), "{agency}");
    assert!(
        agency.contains("chart-requests_received") && !agency.contains("chart-lawsuits"),
        "two zeros: {agency}"
    );
    let (_, table) = agency.split_once("<table class=\"series\">").unwrap();
    assert!(
        table.contains("<p class=\"small\">2013—2017年未见年报。</p>") && !table.contains("gap"),
        "{table}"
    );
    let indicators = page(&site, "indicators/index.html");
    let (given, unused) = indicators.split_once("id=\"unused\"").unwrap();
    assert!(
        given.contains("proactive_items/")
            && !given.contains("complaints/")
            && unused.contains("complaints/")
    );
    assert!(page(&site, "indicators/complaints/index.html").contains("都没有给出这一指标"));
}

#[test]
fn a_flow_counts_what_is_still_open_and_out_of_balance_is_its_table_with_the_flag() {
    let statistics = "  req_new: [40, 0, 0, 0, 0, 0, 40]\n  req_carried_in: [2, 0, 0, 0, 0, 0, 2]\n  \
                      res_granted: [30, 0, 0, 0, 0, 0, 30]\n  res_total: [30, 0, 0, 0, 0, 0, 30]\n  \
                      req_carried_out: [12, 0, 0, 0, 0, 0, 12]\n";
    let none = "partial refused_state_secret refused_other_law refused_security_stability refused_third_party \
                refused_internal_affairs refused_process_info refused_enforcement_file refused_admin_query \
                unable_not_held unable_needs_creation unable_unclear declined_petition declined_repeat \
                declined_publication declined_excessive declined_reconfirm other_no_correction \
                other_no_payment other_misc";
    let zeros: Vec<String> =
        none.split_whitespace().map(|code| format!("  res_{code}: [0, 0, 0, 0, 0, 0, 0]\n")).collect();
    let zeros = zeros.concat();
    let report = format!("---\ntitle: 年报\nform: gb-2021\nstatistics:\n{statistics}{zeros}---\n正文\n");
    let site = Site::new()
        .file("site.toml", "title = \"年报\"\nlanguages = [\"zh-CN\", \"en\"]\n")
        .file("content/county/office/2023.md", &report);
    site.run(&["build"]).ends(0);
    for (path, middle) in [("", ">办理 42<"), ("en/", ">handled 42<")] {
        let html = page(&site, &format!("{path}county/office/2023/index.html"));
        assert!(html.contains(middle), "{html}");
    }
    let title = |page: &str| {
        let after = page.split_once("id=\"chart-outcomes-title\"").unwrap().1.split_once('>').unwrap().1;
        let title = after.split("</h2>").next().unwrap();
        title.replace("<span class=\"nb\">", "").replace("</span>", "")
    };
    let html = page(&site, "county/office/2023/index.html");
    assert_eq!(title(&html), "2023年办结30件申请，予以公开最多：30件");

    // The flow balances, but the outcomes are not all that was decided.
    let other = report.replace("res_total: [30, 0, 0, 0, 0, 0, 30]", "res_total: [31, 0, 0, 0, 0, 0, 31]");
    site.write("content/county/office/2023.md", other.as_bytes());
    site.run(&["build"]);
    let html = page(&site, "county/office/2023/index.html");
    assert_eq!(title(&html), "2023年政府信息公开申请的去向");

    let broken = report
        .replace("req_carried_out: [12, 0, 0, 0, 0, 0, 12]", "req_carried_out: [10, 0, 0, 0, 0, 0, 10]");
    site.write("content/county/office/2023.md", broken.as_bytes());
    site.run(&["build"]);
    let html = page(&site, "county/office/2023/index.html");
    let figure = html.split_once("id=\"chart-outcomes\"").unwrap().1.split("</figure>").next().unwrap();
    assert!(figure.contains("收支不平：新收与结转共42件，结果与结转下年度共40件"), "{figure}");
    assert!(!figure.contains("<svg") && figure.contains("<table>"), "{figure}");
    let number =
        figure.split_once("href=\"#finding-").expect("each figure has the flag").1.split('"').next().unwrap();
    let finding =
        html.split_once(&format!("id=\"finding-{number}\"")).unwrap().1.split("</li>").next().unwrap();
    assert!(finding.contains("42") && finding.contains("40"), "{finding}");
}

#[test]
fn a_year_that_lacks_an_outcome_is_no_whole_year_and_the_newest_year_is_shown() {
    let blank = |report: String| report.replace("ans_partial: 9", "ans_partial:");
    let site = Site::new()
        .file("site.toml", "title = \"年报\"\nlanguages = [\"zh-CN\", \"en\"]\n")
        .file("content/county/office/2014.md", &report(50, 45))
        .file("content/county/office/2015.md", &blank(report(50, 45)))
        .file("content/county/office/2016.md", &report(50, 30))
        .file("content/county/office/2017.md", "---\ntitle: x\nform: gb-2014\n---\n");
    site.run(&["build"]).ends(0);
    for (path, shown) in
        [("years/2017/", "2014—2017"), ("years/2016/", "2014—2016"), ("county/office/", "2014—2017")]
    {
        let html = page(&site, &format!("{path}index.html"));
        let (_, figure) =
            html.split_once("id=\"chart-outcomes\"").unwrap_or_else(|| panic!("{path}: {html}"));
        assert!(figure.contains(&format!("{shown}年申请的办理结果")), "{figure}");
        assert!(figure.contains("2015年只有部分数据。"), "{figure}");
        assert!(figure.contains(">部</i>部分数据缺") && figure.contains(">部</text>"), "{figure}");
        let newest_misses = figure.contains("缺2017年");
        assert_eq!(newest_misses, shown.ends_with('7'), "{figure}");
    }
    let english = page(&site, "en/years/2017/index.html");
    assert!(english.contains("missing: 2017. Part of the figures is missing for 2015."), "{english}");
    assert!(
        english.contains(">n/f</i>no figure") && english.contains(">(×)</i>part of the figures"),
        "{english}"
    );
}

#[test]
fn sums_over_agencies_say_how_many_they_count_and_few_make_no_column() {
    let empty = "---\ntitle: x\nform: gb-2014\n---\n";
    let mut site = Site::new().file("site.toml", "title = \"年报\"\nlanguages = [\"zh-CN\", \"en\"]\n");
    for (name, years) in [("a", [2014, 2016, 2017].as_slice()), ("b", &[2014]), ("c", &[2017])] {
        site = site.file(&format!("content/county/{name}/_index.md"), "---\nkind: agency\nname: 某局\n---\n");
        for year in 2014..=2017 {
            let told = if years.contains(&year) { report(50, 45) } else { empty.to_owned() };
            site = site.file(&format!("content/county/{name}/{year}.md"), &told);
        }
    }
    site.run(&["build"]).ends(0);
    let summary = |path: &str| {
        let html = page(&site, &format!("{path}years/2017/index.html"));
        let (_, rest) = html.split_once("id=\"chart-outcomes-summary\">").unwrap_or_else(|| panic!("{html}"));
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    let chinese = summary("");
    assert!(
        chinese.contains("2014年3个有年报的单位中计2个")
            && chinese.contains("2017年3个有年报的单位中计2个。"),
        "{chinese}"
    );
    assert!(chinese.contains("不到一半，不绘：2016年3个有年报的单位中计1个。"), "{chinese}");
    let english = summary("en/");
    assert!(english.contains("2 of 3 that reported in 2014"), "{english}");
    assert!(english.contains("fewer than half are counted: 1 of 3 that reported in 2016."), "{english}");
    let table = page(&site, "years/2017/chart-outcomes.csv");
    assert!(table.contains("2016,予以公开,45,value,"), "the table has the figures: {table}");
}

#[test]
fn a_slope_marks_the_agency_of_its_page_and_stops_only_at_changes_of_forms_in_use() {
    let text = "{{ chart(\"granted\", agencies=[\"county/office\", \"county/other\"], kind=\"slope\") }}";
    let of = |form: &str, code: &str, granted: u32, text: &str| {
        format!("---\ntitle: x\nform: {form}\nstatistics:\n  {code}: {granted}\n---\n{text}\n")
    };
    let with = |form: &str, code: &str| {
        let site = Site::new()
            .file("content/county/other/_index.md", "---\nkind: agency\nname: 另一局\n---\n")
            .file("content/county/other/2018.md", &of(form, code, 21, ""))
            .file("content/county/other/2020.md", &of(form, code, 25, ""))
            .file("content/county/office/2018.md", &of(form, code, 30, ""))
            .file("content/county/office/2020.md", &of(form, code, 40, text));
        (site.run(&["build"]).code, site)
    };
    let (code, site) = with("us-foia", "disp_full_grants");
    assert_eq!(code, Some(0), "the form's figures are comparable");
    let html = page(&site, "county/office/2020/index.html");
    let figure = html.split_once("id=\"chart-text-1\"").unwrap().1.split("</figure>").next().unwrap();
    assert!(figure.contains("k0") && figure.contains("k1"), "the other one is context: {figure}");
    let (code, _) = with("gb-2019", "res_granted__total");
    assert_eq!(code, Some(1), "what 2019 changed lies between");
}

#[test]
fn the_names_of_small_multiples_lead_to_their_pages() {
    let text = "{{ chart(\"requests_received\", agencies=[\"county/office\", \"county/other\"], kind=\"multiples\") }}";
    let mut site =
        Site::new().file("content/county/other/_index.md", "---\nkind: agency\nname: 另一局\n---\n");
    for year in 2014..=2017 {
        let own = report(50, 45).replace("正文", if year == 2017 { text } else { "" });
        site = site
            .file(&format!("content/county/office/{year}.md"), &own)
            .file(&format!("content/county/other/{year}.md"), &report(60, 45));
    }
    site.run(&["build"]).ends(0);
    let html = page(&site, "county/office/2017/index.html");
    assert!(html.contains("<p><a href=\"/county/other/\">另一局</a><b>"), "{html}");
    assert!(html.contains("<div class=\"multiples\" role=\"group\" aria-labelledby="), "{html}");
}

#[test]
fn the_gallery_shows_every_kind_of_chart_that_the_guide_names() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/gallery"));
    let site = Site::empty();
    let mut texts = String::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        if path == "site.toml" || path.starts_with("content/") && entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            site.write(&path, text.as_bytes());
            texts.push_str(&text);
        }
    }
    let guide = include_str!("../../docs/charts.md");
    let table = guide.split("## Which chart when").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut kinds: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|rest| rest.split('`').next().unwrap())
        .filter(|kind| *kind != "kind")
        .collect();
    for kind in &kinds {
        assert!(texts.contains(&format!("kind=\"{kind}\"")), "{kind}");
    }
    let wrong = "---\ntitle: x\n---\n{{ chart(\"requests_received\", kind=\"none\") }}\n";
    let said = Site::new().file("content/about.md", wrong).run(&["build"]).ends(1).all();
    let (_, known) = said.split_once("there are ").unwrap_or_else(|| panic!("{said}"));
    let mut known: Vec<&str> = known.lines().next().unwrap().split(", ").map(str::trim).collect();
    kinds.sort_unstable();
    known.sort_unstable();
    assert_eq!(kinds, known, "the guide names every kind that can be asked for");
    site.run(&["build"]).ends(0);
}
