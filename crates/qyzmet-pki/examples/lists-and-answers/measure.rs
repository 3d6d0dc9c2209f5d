//! Processor time and memory of this process.

use std::{
    fs,
    io::Write,
    time::{Duration, Instant},
};

use crate::Outcome;

/// Processor time that this thread has had, so that a busy machine does not distort the figures.
pub(crate) fn spent() -> Outcome<Duration> {
    let measured = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = measured.split(' ').next().ok_or("schedstat is empty")?.parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

/// The most memory that this process has had at once, in kilobytes (VmHWM).
pub(crate) fn peak() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.split_whitespace().next().ok_or("VmHWM is empty")?.parse()?)
}

/// Prints one figure.
pub(crate) fn figure(name: &str, value: f64, unit: &str) -> Outcome<()> {
    Ok(writeln!(std::io::stdout(), "{name:<52}{value:>12.2} {unit}")?)
}

/// Runs `work` for two seconds of processor time and prints its rate.
pub(crate) fn rate(name: &str, mut work: impl FnMut() -> bool) -> Outcome<()> {
    let (before, start, mut count) = (spent()?, Instant::now(), 0u32);
    while spent()? - before < Duration::from_secs(2) && start.elapsed() < Duration::from_secs(20) {
        for _ in 0..16 {
            if !work() {
                return Err(format!("{name} failed").into());
            }
            count += 1;
        }
    }
    figure(name, f64::from(count) / (spent()? - before).as_secs_f64(), "per core and second")
}
