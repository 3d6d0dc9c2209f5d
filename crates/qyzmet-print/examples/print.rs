//! Prints a template for its author: `cargo run -p qyzmet-print --example print -- result.typ data.json out.pdf [TIMES]`.
//!
//! With TIMES it prints the page so often, each time with another `number` (the engine keeps what it has seen), and tells
//! the median and the slowest time.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [template, data, out, times @ ..] = arguments.as_slice() else {
        return Err("usage: print TEMPLATE DATA.json OUT.pdf [TIMES]".into());
    };
    let template = std::fs::read_to_string(template)?;
    let data: serde_json::Value = serde_json::from_slice(&std::fs::read(data)?)?;
    let at = "2026-05-20T20:15:30Z".parse()?;
    let started = Instant::now();
    std::fs::write(out, qyzmet_print::render(&template, &data, at)?)?;
    let mut report = format!("first {:?}", started.elapsed());
    if let Some(times) = times.first() {
        let print = |time: usize| {
            let mut data = data.clone();
            data["number"] = format!("{time:08}").into();
            qyzmet_print::render(&template, &data, at).map(drop)
        };
        report.push_str(&repeated(times.parse()?, print)?);
    }
    writeln!(std::io::stderr(), "{report}")?;
    Ok(())
}

fn repeated<E>(times: usize, work: impl Fn(usize) -> Result<(), E>) -> Result<String, E> {
    let mut spent = Vec::with_capacity(times);
    for time in 0..times {
        let started = Instant::now();
        work(time)?;
        spent.push(started.elapsed());
    }
    spent.sort();
    let slowest = spent.last().copied().unwrap_or_default();
    let median = spent.get(times / 2).copied().unwrap_or_default();
    Ok(format!(", then median {median:?}, slowest {slowest:?} of {times}"))
}
