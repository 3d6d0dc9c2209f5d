//! A revocation list of any number of entries, written to a file.

use std::{
    fs::File,
    io::{BufWriter, Write},
    time::Instant,
};

use jiff::SignedDuration;
use qyzmet_pki::{
    Reason, SerialNumber,
    crl::{self, Draft, Revoked},
};

use crate::{
    Outcome,
    measure::{figure, peak, spent},
    world::World,
};

pub(crate) fn run(count: u32) -> Outcome<()> {
    let world = World::new()?;
    let draft = Draft::full(1, world.now, world.now + SignedDuration::from_hours(24));
    let entry = |number: u32| {
        let mut serial = [0x5a; 16];
        serial[8..12].copy_from_slice(&number.to_be_bytes());
        let serial = SerialNumber::new(&serial).ok_or_else(|| std::io::Error::other("serial"))?;
        // Revoked over four years, so that no two neighbours share their time.
        let at = world.now - SignedDuration::from_secs(i64::from(number).wrapping_mul(7919) % 126_230_400);
        Ok(Revoked::new(serial, at, Reason::Superseded))
    };
    let folder = std::env::var_os("QYZMET_BENCH_FOLDER").map_or_else(std::env::temp_dir, Into::into);
    let path = folder.join(format!("qyzmet-bench-{}.crl", std::process::id()));
    let mut out = BufWriter::new(File::create(&path)?);
    let (before, start) = (spent()?, Instant::now());
    let written = crl::write(world.authority.identity(), &draft, || (0..count).map(entry), &mut out);
    out.flush()?;
    let (cpu, wall) = (spent()? - before, start.elapsed());
    std::fs::remove_file(&path)?;
    let written = written?;
    let name = format!("list of {} entries", written.entries);
    figure(&format!("{name}: size"), written.bytes as f64 / 1e6, "MB")?;
    figure(&format!("{name}: processor time"), cpu.as_secs_f64(), "s")?;
    figure(&format!("{name}: time on the clock"), wall.as_secs_f64(), "s")?;
    figure(&format!("{name}: most memory at once"), peak()? as f64 / 1024.0, "MiB")
}
