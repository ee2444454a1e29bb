//! The preview as a browser and an editor meet it: the program itself, its files, its answers.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use glasshouse::build::preview::{Changes, Preview};
use glasshouse::build::{Overrides, Timings};

use crate::site::Site;

/// Long enough for a slow machine; nothing waits that long where all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// A preview that ends with the test.
struct Server {
    child: Child,
    port: u16,
    said: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value)
    }
}

impl Server {
    /// Serves a site on a free port.
    fn start(site: &Site) -> Self {
        Self::with(site, &["--port", "0"])
    }

    fn with(site: &Site, args: &[&str]) -> Self {
        let mut command = site.command(&[&["serve"], args].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (err, heard) = (child.stderr.take().unwrap(), said.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(err).lines().map_while(Result::ok) {
                heard.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let rest = line.split("://127.0.0.1:").nth(1).unwrap_or_else(|| panic!("{line:?} {:?}", said.lock()));
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        Self { child, port: digits.parse().unwrap(), said }
    }

    /// Sends a request as it stands and reads the answer to its end.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let pair = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        };
        Answer { status, headers: lines.map(pair).collect(), body: bytes[end + 4..].to_vec() }
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = format!("localhost:{}", self.port);
        self.raw(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Asks for a page until its answer is as it should be.
    #[track_caller]
    fn until(&self, path: &str, what: &str, holds: impl Fn(&Answer) -> bool) -> Answer {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if holds(&answer) {
                return answer;
            }
            let said = self.said.lock().unwrap();
            assert!(Instant::now() < end, "{what} did not come: {} {}\n{said}", answer.status, answer.text());
            drop(said);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    fn until_shows(&self, path: &str, text: &str) -> Answer {
        self.until(path, text, |answer| answer.status == 200 && answer.text().contains(text))
    }

    #[track_caller]
    fn until_status(&self, path: &str, status: u16) -> Answer {
        self.until(path, &status.to_string(), |answer| answer.status == status)
    }

    /// Waits until something was said at the terminal.
    #[track_caller]
    fn until_said(&self, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let said = self.said.lock().unwrap().clone();
            if said.contains(text) {
                return said;
            }
            assert!(Instant::now() < end, "{text:?} was not said:\n{said}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Listens to the stream of events.
    fn events(&self) -> impl Iterator<Item = String> + use<> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET {OWN}events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.filter_map(|line| Some(line.strip_prefix("data: ")?.to_owned()))
    }
}

/// Where the server's own files are.
const OWN: &str = "/glasshouse:preview/";
const OFFICE: &str = "content/county/office";
const PAGE: &str = "/county/office/2012/";
/// What a page shows of what is wrong.
const OVERLAY: &str = "<template id=\"glasshouse-faults\">";

fn report(body: &str) -> String {
    format!("---\ntitle: 年报\nform: zj-2012\nstatistics:\n  proactive_total: 289\n---\n{body}\n")
}

fn some_reports() -> Site {
    let site = Site::new();
    for year in 2012..2016 {
        site.write(&format!("{OFFICE}/{year}.md"), report(&format!("正文{year}")).as_bytes());
    }
    site
}

/// Saves as editors do: into another file, which takes the place of the first.
fn save_atomically(site: &Site, path: &str, text: &str) {
    let beside = format!("{path}.tmp~");
    site.write(&beside, text.as_bytes());
    std::fs::rename(site.path(&beside), site.path(path)).unwrap();
}

#[test]
fn edits_renames_and_deletions_are_followed() {
    let site = some_reports();
    let server = Server::start(&site);
    server.until_shows(PAGE, "正文2012");
    site.write(&format!("{OFFICE}/2012.md"), report("改过").as_bytes());
    server.until_shows(PAGE, "改过");
    save_atomically(&site, &format!("{OFFICE}/2012.md"), &report("又改过"));
    server.until_shows(PAGE, "又改过");
    std::fs::rename(site.path(&format!("{OFFICE}/2012.md")), site.path(&format!("{OFFICE}/2011.md")))
        .unwrap();
    server.until_status(PAGE, 404);
    server.until_shows("/county/office/2011/", "又改过");
    std::fs::remove_file(site.path(&format!("{OFFICE}/2011.md"))).unwrap();
    server.until_status("/county/office/2011/", 404);
    site.write(&format!("{OFFICE}/2012.md"), report("回来了").as_bytes());
    server.until_shows(PAGE, "回来了");
    std::fs::rename(site.path(OFFICE), site.path("content/county/bureau")).unwrap();
    server.until_shows("/county/bureau/2012/", "回来了");
    server.until_status(PAGE, 404);
    site.write("content/county/bureau/2012.md", report("搬家后").as_bytes());
    server.until_shows("/county/bureau/2012/", "搬家后");
}

#[test]
fn a_thousand_files_at_once_are_all_there() {
    let site = some_reports();
    let server = Server::start(&site);
    for agency in 0..100 {
        let folder = format!("content/county/a{agency}");
        let index = format!("---\nkind: agency\nname: 单位{agency}\n---\n");
        site.write(&format!("{folder}/_index.md"), index.as_bytes());
        for year in 2010..2020 {
            site.write(&format!("{folder}/{year}.md"), report(&format!("第{agency}号")).as_bytes());
        }
    }
    for agency in [0, 50, 99] {
        for year in [2010, 2019] {
            server.until_shows(&format!("/county/a{agency}/{year}/"), &format!("第{agency}号"));
        }
    }
    let csv = |agency: u32| format!("county/a{agency},");
    server.until("/data/figures.csv", "every report", |answer| {
        (0..100).all(|agency| answer.text().matches(&csv(agency)).count() >= 10)
    });
    for agency in 0..100 {
        std::fs::remove_dir_all(site.path(&format!("content/county/a{agency}"))).unwrap();
    }
    server.until_status("/county/a99/2019/", 404);
    server.until_shows(PAGE, "正文2012");
}

#[test]
fn the_theme_is_followed_also_where_its_folders_come_later() {
    let site = some_reports();
    let server = Server::start(&site);
    server.until_shows(PAGE, "正文2012");
    site.write("templates/report.html", b"<p>mine {{ report.period }}</p>");
    server.until_shows(PAGE, "mine 2012");
    site.write("templates/report.html", b"<p>{{ report.period }} again</p>");
    server.until_shows(PAGE, "again");
    std::fs::remove_dir_all(site.path("templates")).unwrap();
    server.until_shows(PAGE, "正文2012");
    site.write("strings/zh-CN/own.ftl", "nav-years = 按年看\n".as_bytes());
    server.until_shows(PAGE, "按年看");
    let styles = |answer: &Answer| {
        let text = answer.text();
        let (_, rest) = text.split_once("rel=\"stylesheet\" href=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let before = styles(&server.get(PAGE));
    site.write("static/css/site.css", b"body { color: teal }");
    let page = server.until(PAGE, "another style sheet", |answer| styles(answer) != before);
    let css = server.get(&styles(&page));
    assert!(css.text().contains("teal"));
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    site.write("themes/mine/theme.toml", b"name = \"mine\"\nversion = \"1\"\n");
    site.write("themes/mine/templates/report.html", b"<p>themed</p>");
    site.write("site.toml", "title = \"年报\"\ntheme = \"mine\"\n".as_bytes());
    server.until_shows(PAGE, "themed");
}

#[test]
fn forms_and_settings_are_followed() {
    let form = |label: &str| {
        format!(
            "id: own\ntitle: {{zh: 自定表, en: Own form}}\nyears: {{from: 2012, to: 2020}}\nsections:\n  - id: main\n    \
             title: {{zh: 一, en: One}}\n    indicators:\n      - {{code: a, label: {{zh: {label}, en: A}}, unit: 条}}\n"
        )
    };
    let site = some_reports().file("content/_forms/own.yaml", &form("甲项"));
    site.write(
        &format!("{OFFICE}/2016.md"),
        "---\ntitle: 年报\nform: own\nstatistics:\n  a: 7\n---\n".as_bytes(),
    );
    let server = Server::start(&site);
    server.until_shows("/county/office/2016/", "甲项");
    site.write("content/_forms/own.yaml", form("乙项").as_bytes());
    server.until_shows("/county/office/2016/", "乙项");
    site.write("site.toml", "title = \"另一个名字\"\n".as_bytes());
    server.until_shows("/", "另一个名字");
    site.write("site.toml", "title = \"年报\"\nbase_url = \"https://example.org/portal/\"\n".as_bytes());
    server.until_shows("/portal/county/office/2012/", "正文2012");
    assert_eq!(server.get("/").header("location"), "/portal/");
    assert_eq!(server.get("/portal").header("location"), "/portal/");
    let outside = server.get(PAGE);
    assert_eq!(outside.status, 404);
    assert!(outside.text().contains("/portal/static/"), "the page for what is missing is the portal's");
}

#[test]
fn faults_are_shown_until_they_are_mended() {
    let site = some_reports();
    let server = Server::start(&site);
    let path = format!("{OFFICE}/2013.md");
    server.until_shows("/county/office/2013/", "正文2013");
    site.write(&path, "---\ntitle: [年报\nform: zj-2012\n---\n坏了\n".as_bytes());
    let page = server.until_shows(PAGE, OVERLAY);
    assert!(page.text().contains("正文2012"), "the last good state is shown below");
    assert!(
        page.text().contains("<pre><b>error[yaml-syntax]") && page.text().contains("2013.md:"),
        "{}",
        page.text()
    );
    assert!(page.text().contains('^'), "with a caret");
    assert!(server.get("/county/office/2013/").text().contains("正文2013"));
    let said = server.until_said("last good state");
    let error = said.lines().find(|line| line.contains("[yaml-syntax]")).unwrap();
    let escaped = page
        .text()
        .replace("<i>", "")
        .replace("</i>", "")
        .replace("</b>", "")
        .replace("&quot;", "\"")
        .replace("&gt;", ">");
    assert!(escaped.contains(error), "the page says the same as the terminal: {error}");

    site.write(&path, report("好了").as_bytes());
    let page = server.until_shows("/county/office/2013/", "好了");
    assert!(!page.text().contains(OVERLAY));
    server.until_said("no errors any more");

    site.write("site.toml", b"title = \n");
    server.until_shows(PAGE, OVERLAY);
    site.write("site.toml", "title = \"年报\"\n".as_bytes());
    server.until(PAGE, "a page without faults", |answer| !answer.text().contains(OVERLAY));

    site.write("templates/report.html", b"<p>\n{{ report.nothing }}</p>");
    let page = server.until_status(PAGE, 500);
    assert!(page.text().contains("templates/report.html:2:"), "{}", page.text());
    server.until_said("templates/report.html:2:");
    assert_eq!(server.get("/years/").status, 200, "other pages are well");
    std::fs::remove_file(site.path("templates/report.html")).unwrap();
    server.until_shows(PAGE, "正文2012");
}

#[test]
fn a_site_that_begins_with_errors_is_shown_once_they_are_mended() {
    let site = some_reports().file("content/county/office/2014.md", "---\ntitle: [\n---\n");
    let server = Server::start(&site);
    for path in ["/", PAGE, "/no/such/page"] {
        let page = server.get(path);
        assert_eq!(page.status, 500);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.text().contains("2014.md:"), "{}", page.text());
    }
    site.write("content/county/office/2014.md", report("好了").as_bytes());
    server.until_shows("/county/office/2014/", "好了");
    assert_eq!(server.get("/no/such/page").status, 404);
}

#[test]
fn every_change_is_told_to_those_who_listen() {
    let site = some_reports();
    let server = Server::start(&site);
    let mut events = server.events();
    let first = events.next().unwrap();
    assert!(server.get(PAGE).text().contains(&format!("data-stamp=\"{first}\"")));
    for round in 0..5 {
        site.write(&format!("{OFFICE}/2012.md"), report(&format!("第{round}次")).as_bytes());
        // One save may come as two events, but the last state is always told of.
        let seen = std::iter::from_fn(|| events.next())
            .map(|stamp| (stamp, server.get(PAGE)))
            .find(|(_, page)| page.text().contains(&format!("第{round}次")));
        assert!(seen.is_some_and(|(stamp, _)| stamp != first), "round {round}");
    }
    let late = server.events().next().unwrap();
    assert_ne!(late, first, "who comes late hears the newest at once");
}

#[test]
fn a_killed_server_comes_back_on_its_port_as_another() {
    let site = some_reports();
    let mut first = Server::start(&site);
    let port = first.port;
    let mut events = first.events();
    let before = events.next().unwrap();
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    assert_eq!(events.next(), None);
    site.write(&format!("{OFFICE}/2012.md"), report("那时改的").as_bytes());
    let second = Server::with(&site, &["--port", &port.to_string()]);
    assert_eq!(second.port, port);
    second.until_shows(PAGE, "那时改的");
    let after = second.events().next().unwrap();
    assert_ne!(before, after, "pages of the first look again");
}

#[test]
fn a_port_in_use_leads_to_the_next() {
    let site = some_reports();
    let first = Server::start(&site);
    let second = Server::with(&site, &["--port", &first.port.to_string()]);
    assert!(second.port > first.port);
    second.until_said(&format!("port {} is in use", first.port));
    second.until_shows(PAGE, "正文2012");
}

#[test]
fn only_what_a_preview_is_asked_for_is_answered() {
    let site = some_reports().file("content/county/map.json", "{\"a\": 1}");
    let server = Server::start(&site);
    let page = server.get(PAGE);
    for (name, part) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert!(page.header(name).starts_with(part), "{name}: {}", page.header(name));
    }
    let head = server.ask("HEAD", PAGE, "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), page.body.len().to_string());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let refused = server.ask(method, PAGE, "");
        assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    let csv = server.get("/data/figures.csv");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let whole = server.ask("GET", "/data/figures.csv", "Range: bytes=3-9\r\n");
    assert_eq!((whole.status, &whole.body), (200, &csv.body), "ranges are not supported");
    assert_eq!(whole.header("accept-ranges"), "");
    assert_eq!(server.get("/county/map.json").body, b"{\"a\": 1}");
    let moved = server.get("/county/office/2012?q=1");
    assert_eq!((moved.status, moved.header("location")), (307, "/county/office/2012/?q=1"));
    let missing = server.get("/no/such/page/");
    assert_eq!((missing.status, missing.header("content-type")), (404, "text/html; charset=utf-8"));
    for name in ["preview.js", "preview.css"] {
        assert_eq!(server.get(&format!("{OWN}{name}")).status, 200);
    }
    assert_eq!(server.get(&format!("{OWN}other")).status, 404);
}

#[test]
fn other_names_are_refused_and_no_path_leads_out() {
    let site = some_reports().file("secret.txt", "geheim");
    let server = Server::start(&site);
    let port = server.port;
    for host in ["example.org", &format!("example.org:{port}"), "127.0.0.1.example.org", "10.0.0.1"] {
        let refused = server.raw(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(refused.status, 403, "{host}");
        let events = format!("GET {OWN}events HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(server.raw(&events).status, 403, "{host}");
    }
    let absolute = "GET http://example.org/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(server.raw(absolute).status, 403);
    assert_eq!(server.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    for host in ["localhost", "127.0.0.1", "[::1]", &format!("LocalHost:{port}")] {
        let answer = server.raw(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, 200, "{host}");
    }
    for path in [
        "/../secret.txt",
        "/county/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/content/county/office/2012.md",
        "/site.toml",
        "/.glasshouse/x",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("geheim"), "{path}");
    }
    assert_eq!(server.raw("nonsense\r\n\r\n").status, 400);
    assert_eq!(server.get(PAGE).status, 200);
}

#[test]
fn nothing_is_written() {
    let site = some_reports();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let stamp = |path: &str| std::fs::metadata(site.path(path)).unwrap().modified().unwrap();
    let before = stamp("public/county/office/2012/index.html");
    let names = || {
        let mut names: Vec<_> =
            std::fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let listed = names();
    let server = Server::start(&site);
    site.write(&format!("{OFFICE}/2012.md"), report("改过").as_bytes());
    server.until_shows(PAGE, "改过");
    assert_eq!(before, stamp("public/county/office/2012/index.html"));
    assert!(!site.read("public/county/office/2012/index.html").unwrap().contains("改过"));
    assert_eq!(listed, names());
    assert!(!site.read("public/index.html").unwrap().contains("glasshouse:preview"));
}

#[test]
fn drafts_are_shown_when_asked_for() {
    let site = some_reports();
    let draft = report("未定稿").replace("form:", "draft: true\nform:");
    site.write(&format!("{OFFICE}/2020.md"), draft.as_bytes());
    assert_eq!(Server::start(&site).get("/county/office/2020/").status, 404);
    let server = Server::with(&site, &["--port", "0", "--drafts"]);
    server.until_shows("/county/office/2020/", "未定稿");
}

#[test]
fn there_is_no_preview_of_what_is_no_site() {
    Site::empty().run(&["serve", "--port", "0"]).ends(2).says("settings-missing");
    Site::empty().run(&["serve", "--port", "0", "--site", "no-such-folder"]).ends(2).says("settings-missing");
    Site::new().run(&["serve", "--port", "0", "--host", "no such host"]).ends(3).says("no such host");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    let site = some_reports();
    for signal in ["INT", "TERM"] {
        let mut server = Server::start(&site);
        let _events = server.events();
        let killed =
            std::process::Command::new("kill").args(["-s", signal, &server.child.id().to_string()]).status();
        assert!(killed.unwrap().success());
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "{signal}");
        server.until_said("the preview has ended");
    }
}

#[cfg(unix)]
#[test]
fn content_may_lie_elsewhere() {
    let (site, store) = (some_reports(), Site::empty());
    std::fs::rename(site.path("content"), store.path("store")).unwrap();
    std::os::unix::fs::symlink(store.path("store"), site.path("content")).unwrap();
    let server = Server::start(&site);
    server.until_shows(PAGE, "正文2012");
    store.write("store/county/office/2012.md", report("在别处改的").as_bytes());
    server.until_shows(PAGE, "在别处改的");
}

/// How much memory a process holds, in kilobytes.
#[cfg(target_os = "linux")]
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Set `SAVES` to try it for longer: `SAVES=10000 cargo test --test it saves_do_not -- --nocapture`.
#[cfg(target_os = "linux")]
#[test]
fn saves_do_not_fill_the_memory_and_none_is_lost() {
    let saves: u32 = std::env::var("SAVES").map_or(60, |saves| saves.parse().unwrap());
    let site = some_reports();
    let server = Server::start(&site);
    let process = server.child.id();
    let save = |round: u32| {
        let text = format!("第{round}次保存");
        save_atomically(&site, &format!("{OFFICE}/2012.md"), &report(&text));
        server.until_shows(PAGE, &text);
    };
    (0..40).for_each(save);
    let before = resident(process);
    (40..40 + saves).for_each(save);
    let after = resident(process);
    println!("{saves} saves: {before} kB before, {after} kB after");
    // Besides its share, an allocator may keep so much aside; a state that is not let go is more.
    let aside = 12 << 10;
    assert!(after * 10 <= before * 12 + aside * 10, "{before} kB became {after} kB");
}

/// Every file below a folder, with its bytes.
fn tree(folder: &std::path::Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            tree(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
}

/// Asserts that a preview shows what a build of the same files publishes, byte for byte.
fn shows_what_is_published(site: &Site, preview: &Preview) {
    assert_eq!(site.run(&["build", "--output", "out"]).code, Some(0));
    let mut published = BTreeMap::new();
    tree(&site.path("out"), "", &mut published);
    assert!(published.len() > 30, "a portal has more files");
    let portal = preview.shown().portal.clone().unwrap();
    let mut different = Vec::new();
    for (path, bytes) in &published {
        let page = portal.page(path);
        if page.and_then(|page| page.bytes).as_deref() != Some(&**bytes) {
            different.push(path);
        }
    }
    assert!(different.is_empty(), "{different:?}");
    for path in portal.paths() {
        assert!(published.contains_key(path) || portal.page(path).is_none(), "{path} is not published");
    }
}

#[test]
fn the_preview_shows_what_a_build_publishes() {
    let site = some_reports()
        .file(
            "site.toml",
            "title = \"年报\"\nlanguages = [\"zh-CN\", \"en\"]\nbase_url = \"https://example.org/p/\"\n",
        )
        .file("content/county/office/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/about.md", "---\ntitle: 关于\naliases: [old/about]\n---\n正文\n");
    let mut timings = Timings::default();
    let mut preview = Preview::open(site.root(), Overrides::default(), &mut timings);
    shows_what_is_published(&site, &preview);
    let path = format!("{OFFICE}/2013.md");
    site.write(&path, report("改过").replace("289", "300").as_bytes());
    preview.refresh(&Changes::Paths(vec![path.as_str().into()]), &mut timings);
    shows_what_is_published(&site, &preview);
    std::fs::remove_file(site.path(&path)).unwrap();
    preview.refresh(&Changes::Paths(vec![path.as_str().into()]), &mut timings);
    shows_what_is_published(&site, &preview);
    assert_eq!(preview.shown().generation, 3);
    let portal = preview.shown().portal.clone().unwrap();
    assert!(portal.page("county/office/2013/").is_none());
    for nothing in ["no", "county/no.svg", "../x", "county/office/2012/no/no.json", "a//b"] {
        assert!(portal.page(nothing).is_none(), "{nothing}");
    }
}
