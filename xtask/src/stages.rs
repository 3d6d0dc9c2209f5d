//! `cargo xtask test`: everything that must hold, quick stages first.

use std::{path::PathBuf, time::Instant};

use crate::{
    Failure, assets, cargo, debian,
    demo::world::Engine,
    pkilint,
    progress::{Progress, say, seconds},
    repository, shell, walk,
};

/// Runs all stages; stops at the first that fails.
///
/// # Errors
/// When a stage fails, or something needed is missing.
pub fn run() -> Result<(), Failure> {
    let mut stages = Stages(Progress::new());
    let result = all(&mut stages);
    say("");
    for step in stages.0.steps() {
        say(&format!("{} {:>12}  {}", if step.ok { "✓" } else { "✗" }, seconds(step.took), step.name));
    }
    say(&format!("  {:>12}  in all", seconds(stages.0.elapsed())));
    result
}

fn all(stages: &mut Stages) -> Result<(), Failure> {
    stages.run("programs that the tests need", || {
        for tools in [&debian::BUILD[..], &debian::ASSETS, &debian::WALK, &debian::POSTGRES, &debian::TESTS] {
            debian::ensure(tools)?;
        }
        pkilint::install().map(drop)
    })?;
    stages.run("format", || quick(&["fmt", "--all", "--check"]))?;
    stages.run("house rules", || tidy(&["--brief"]))?;
    stages.run("licences, bans, sources", deny)?;
    stages.run("assets", || assets::build().map(drop))?;
    stages.run("scripts of the pages", scripts)?;
    stages.run("checkers of the pages", || assets::install(&repository::root().join("tests/tools")))?;
    stages.run("clippy", || {
        quick(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])
    })?;
    stages.run("documentation builds", documentation)?;
    // It makes its regulation out of samples, and would otherwise be missed only by whoever measures.
    stages.run("the engine's benchmark runs", || {
        quick(&["run", "--quiet", "-p", "qyzmet-engine", "--example", "speed", "--", "1"])
    })?;
    stages.run("product builds", || cargo::product().map(drop))?;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        stages.run(&format!("the main job on {engine}"), || walk::run(engine, None))?;
    }
    stages.run("which test proves which requirement", || tidy(&[]))?;
    stages.run("tests", tests)
}

/// The house rules alone.
///
/// # Errors
/// When a rule is broken.
pub fn tidy(arguments: &[&str]) -> Result<(), Failure> {
    let run = ["run", "--quiet", "--package", "qyzmet-tests", "--bin", "tidy", "--"];
    quick(&[&run, arguments].concat())
}

fn quick(arguments: &[&str]) -> Result<(), Failure> {
    shell::run(&mut cargo::cargo(arguments))
}

fn deny() -> Result<(), Failure> {
    let program = cargo::tool("cargo-deny")?;
    let arguments = ["--log-level", "error", "check", "bans", "licenses", "sources"];
    shell::run(&mut shell::command(program, arguments, &repository::root()))
}

fn scripts() -> Result<(), Failure> {
    let web: PathBuf = repository::root().join("web");
    assets::install(&web)?;
    assets::npm(&web, &["run", "lint"])?;
    assets::npm(&web, &["test"])
}

fn documentation() -> Result<(), Failure> {
    let mut doc = cargo::cargo(&["doc", "--workspace", "--no-deps", "--document-private-items", "--quiet"]);
    shell::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn tests() -> Result<(), Failure> {
    let mut nextest = if shell::which("cargo-nextest").is_some() {
        cargo::cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "slow"])
    } else {
        cargo::cargo(&["test", "--workspace", "--no-fail-fast", "--quiet"])
    };
    nextest.env("INSTA_UPDATE", "no").env("QYZMET_BUILT", "yes");
    shell::run(nextest.env("QYZMET_PKILINT", pkilint::install()?))
}

/// Stages print their name before, so that a waiting person knows what is going on.
struct Stages(Progress);

impl Stages {
    fn run(&mut self, name: &str, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        say(&format!("— {name}"));
        let begun = Instant::now();
        let result = work();
        self.0.note(name, result.is_ok(), begun.elapsed());
        result
    }
}
