//! Measures lists, answers and time-stamps: `cargo run --release -p qyzmet-pki --example lists-and-answers -- crl 10000000 | ocsp | tsp`.
//!
//! Each figure is one line `name value unit`, so that `cargo xtask bench pki` can print it beside the limits of the machine.

mod crl;
mod measure;
mod ocsp;
mod tsp;
mod world;

use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("crl") => crl::run(arguments.next().ok_or("how many entries?")?.parse()?),
        Some("ocsp") => ocsp::run(),
        Some("tsp") => tsp::run(),
        _ => Err("what to measure: crl ENTRIES, ocsp or tsp".into()),
    }
}
