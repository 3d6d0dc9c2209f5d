//! NCALayer, the signing program on the user's own machine. Only browsers talk to it, so there is a simulator and no client.

pub mod simulator;

#[cfg(test)]
mod tests;
