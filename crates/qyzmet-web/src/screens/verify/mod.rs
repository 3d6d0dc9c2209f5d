//! The public check of a result: by its number or QR code, or by its files. Nothing personal is shown [R74-3.3.D].

pub(crate) mod ask;
pub(crate) mod qr;
pub(crate) mod verdict;
