//! One folder per area of the site, one file and one template per page.

pub(crate) mod home;
