//! Order 839 as the checker and the engine see it: five tables as printed with all their faults, and five corrected ones
//! that run from their first action to each of their ends.

#[cfg(test)]
mod corrected;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod runs;
