//! What the phases of a build cost, on the real reports of `content/`: `cargo bench`.
//!
//! Speed claims come from here and are never made in a test.

use std::path::Path;

use glasshouse::check::Findings;
use glasshouse::derive::Derived;
use glasshouse::pipeline::{self, Overrides, Project, Timings};
use glasshouse::render::{Inputs, Renderer};
use glasshouse::{check, figure, load};

fn main() {
    divan::main();
}

fn project() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    pipeline::open(root, &Overrides::default(), &mut Timings::default())
}

/// Settings, theme and content: 55 reports of 864 figures.
#[divan::bench]
fn open() -> Project {
    project()
}

/// Every rule on every report.
#[divan::bench]
fn check_all(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    bencher.bench(|| check::run(&project.site, &project.config.check));
}

/// Series, totals, completeness.
#[divan::bench]
fn derive_all(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    let findings = check::run(&project.site, &project.config.check);
    bencher.bench(|| Derived::new(&project.site, &findings));
}

/// Every page, on one thread, to memory.
#[divan::bench]
fn render_all(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    let findings: Findings = check::run(&project.site, &project.config.check);
    let derived = Derived::new(&project.site, &findings);
    let bodies = |body: &glasshouse::model::Body| load::body(&project.root, body);
    let (renderer, _) = Renderer::new(Inputs {
        site: &project.site,
        findings: &findings,
        derived: &derived,
        config: &project.config,
        theme: &project.theme,
        bodies: &bodies,
    });
    let Some(renderer) = renderer else { return };
    bencher.bench(|| {
        let bytes = renderer.plan().iter().map(|key| {
            let artifacts = renderer.render(key).artifacts;
            artifacts.iter().map(|artifact| artifact.bytes.len()).sum::<usize>()
        });
        bytes.sum::<usize>()
    });
}

/// One cell, in the ways reports write it.
#[divan::bench(args = ["289", "59237.2449", "680余", "251000元", "１，２３４", ""])]
fn parse_figure(text: &str) -> bool {
    figure::parse(divan::black_box(text)).is_ok()
}
