//! What must hold when things go wrong: power cuts, full disks, wrong settings.

mod configuration;
