//! The raw signing speed of OpenSSL in the same run: what the machine could do without any message around it.

use std::process::Command;

use crate::{Failure, debian, progress::say, shell};

pub(super) fn print() -> Result<(), Failure> {
    debian::ensure(&debian::WALK)?;
    let speed = ["speed", "-seconds", "2", "ecdsap256", "ecdsap384", "rsa2048"];
    let output = shell::output(Command::new("openssl").args(speed))?;
    let text = String::from_utf8_lossy(&output);
    say("openssl speed");
    // The table at the end: a heading line, and one line for each key.
    for line in text.lines().filter(|line| line.contains("sign/s") || line.contains(" bits ")) {
        say(&format!("  {}", line.trim()));
    }
    Ok(())
}
