//! What whole builds cost, on made-up sites: `cargo bench --bench portal -- [REPORTS…]`.
//!
//! For each size a site is written to a memory file system where there is one, then built from
//! nothing, built again with nothing changed, with one text and with one figure changed. Printed are
//! wall-clock and CPU time, peak memory, pages a second, and the ratio to `cp -r` of the output.
//! Linux; CPU time and memory are those that GNU `time` reports.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark takes time, makes files and prints"
)]

#[path = "synthetic/site/mod.rs"]
mod synthetic;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use glasshouse::load;

use synthetic::SyntheticSite;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The sizes that are built where none is named.
const SIZES: [u64; 2] = [1_000, 10_000];
/// The form that asks for about fifty figures, as the sites that peers were measured on.
const FORM: &str = "gb-2014";
/// Clocks of file systems are coarse: a file as young as what a build kept is read again.
const SETTLE: Duration = Duration::from_millis(1_500);

fn main() -> Outcome<()> {
    let asked: Vec<u64> = std::env::args().filter_map(|arg| arg.replace('_', "").parse().ok()).collect();
    let sizes = if asked.is_empty() { &SIZES[..] } else { &asked };
    println!(
        "{:>9}  {:<16} {:>8} {:>8} {:>8} {:>9} {:>6}",
        "reports", "build", "wall s", "CPU s", "MB", "pages/s", "÷ cp"
    );
    for reports in sizes {
        measure(*reports)?;
    }
    Ok(())
}

fn measure(reports: u64) -> Outcome<()> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = folder.join(format!("glasshouse-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = measure_in(reports, &folder);
    fs::remove_dir_all(&folder)?;
    done
}

fn measure_in(reports: u64, folder: &Path) -> Outcome<()> {
    let site = folder.join("site");
    make(reports, &site)?;
    let clean = build(&site)?;
    let copy = copy(&site.join("public"), &folder.join("copy"))?;
    line(reports, "from nothing", &clean, copy);
    std::thread::sleep(SETTLE);
    line(reports, "nothing changed", &build(&site)?, copy);
    let report = a_report(&site)?;
    let text = fs::read_to_string(&report)?;
    fs::write(&report, format!("{text}\n又添一句。\n"))?;
    std::thread::sleep(SETTLE);
    line(reports, "a text changed", &build(&site)?, copy);
    fs::write(&report, text.replacen("req_received: ", "req_received: 1", 1))?;
    std::thread::sleep(SETTLE);
    line(reports, "a figure changed", &build(&site)?, copy);
    Ok(())
}

/// Writes a synthetic site.
fn make(reports: u64, folder: &Path) -> Outcome<()> {
    let (catalog, _) = load::catalog(&[]);
    let site = SyntheticSite { reports, form: catalog.find_form(FORM), seed: 1 };
    let agencies = (0..site.agencies()).flat_map(|at| site.agency(at, &catalog));
    for file in site.places().into_iter().chain(agencies) {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, file.text)?;
    }
    Ok(())
}

/// What a build took.
struct Cost {
    wall: Duration,
    /// User and system time in seconds, and the peak in kilobytes; nothing without GNU `time`.
    used: Option<(f64, f64)>,
    pages: f64,
}

fn build(site: &Path) -> Outcome<Cost> {
    let program = env!("CARGO_BIN_EXE_glasshouse");
    let mut command = Command::new("/usr/bin/time");
    let has_time = Path::new("/usr/bin/time").exists();
    if has_time {
        command.args(["-f", "%U %S %M", program]);
    } else {
        command = Command::new(program);
    }
    let start = Instant::now();
    let output = command.args(["build", "--format", "json", "--site"]).arg(site).output()?;
    let wall = start.elapsed();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let pages = report.get("pages").and_then(serde_json::Value::as_f64).unwrap_or_default();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let numbers: Vec<f64> =
        said.lines().last().unwrap_or("").split(' ').filter_map(|word| word.parse().ok()).collect();
    let used = match numbers.as_slice() {
        [user, system, peak] if has_time => Some((user + system, peak / 1_024.0)),
        _ => None,
    };
    Ok(Cost { wall, used, pages })
}

/// How long `cp -r` takes, the better of two.
fn copy(from: &Path, to: &Path) -> Outcome<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..2 {
        let start = Instant::now();
        if !Command::new("cp").arg("-r").arg(from).arg(to).status()?.success() {
            return Err("cp failed".into());
        }
        best = best.min(start.elapsed());
        fs::remove_dir_all(to)?;
    }
    Ok(best)
}

/// Some report in the middle of the site.
fn a_report(site: &Path) -> Outcome<PathBuf> {
    let agency = site.join("content/p000/c0001/a03");
    let found = fs::read_dir(&agency)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut reports: Vec<PathBuf> = found.filter(|path| !path.ends_with("_index.md")).collect();
    reports.sort();
    reports.into_iter().nth(7).ok_or_else(|| "there is no such report".into())
}

fn line(reports: u64, name: &str, cost: &Cost, copy: Duration) {
    let wall = cost.wall.as_secs_f64();
    let used =
        |value: Option<f64>, digits: usize| value.map_or("–".into(), |value| format!("{value:.digits$}"));
    println!(
        "{reports:>9}  {name:<16} {wall:>8.2} {:>8} {:>8} {:>9.0} {:>6.2}",
        used(cost.used.map(|(seconds, _)| seconds), 2),
        used(cost.used.map(|(_, peak)| peak), 0),
        cost.pages / wall,
        wall / copy.as_secs_f64(),
    );
}
