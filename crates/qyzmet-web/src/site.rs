//! What every request shares: the app, the settings and what is computed from them once.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use qyzmet_app::App;

use crate::{headers::SecurityHeaders, limits::Limiter, settings::WebSettings};

/// Shared state of the site; cloning costs a counter.
#[derive(Clone)]
pub(crate) struct Site(Arc<Parts>);

/// The parts of [`Site`].
pub(crate) struct Parts {
    /// The door to the use cases.
    pub(crate) app: App,
    /// Decisions of the operator.
    pub(crate) settings: WebSettings,
    /// Header values, built once.
    pub(crate) security: SecurityHeaders,
    /// First line against floods.
    pub(crate) limiter: Limiter,
    /// For programs that ask the authority.
    pub(crate) pki_limiter: Limiter,
    traces: AtomicU64,
    process: u32,
}

impl Site {
    pub(crate) fn new(app: App, settings: WebSettings) -> Self {
        let security = SecurityHeaders::new(&settings);
        let limiter = Limiter::new(settings.rate_per_second);
        let pki_limiter = Limiter::new(settings.pki_rate_per_second);
        let started = u64::try_from(app.now().as_microsecond()).unwrap_or_default();
        Self(Arc::new(Parts {
            app,
            settings,
            security,
            limiter,
            pki_limiter,
            traces: AtomicU64::new(started),
            process: std::process::id(),
        }))
    }

    /// A number under which one request can be found in the logs of all nodes: process and running count.
    pub(crate) fn next_trace(&self) -> String {
        format!("{:08x}{:016x}", self.process, self.traces.fetch_add(1, Ordering::Relaxed))
    }
}

impl Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
