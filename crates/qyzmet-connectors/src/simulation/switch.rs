//! The switch of a simulator: how it shall misbehave from now on. The outage drill of `docs/operators` uses it.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;

/// The mode asked for is not one of this simulator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown mode; this simulator has: {0}")]
pub struct UnknownMode(pub String);

/// The present mode of one simulator, shared by all its connections.
#[derive(Clone, Debug)]
pub struct Switch<M: 'static> {
    modes: &'static [(&'static str, M)],
    now: Arc<Mutex<M>>,
}

impl<M: Copy + PartialEq + fmt::Debug + Send + 'static> Switch<M> {
    /// A switch over the named modes, standing on the given one.
    #[must_use]
    pub fn new(modes: &'static [(&'static str, M)], start: M) -> Self {
        Self { modes, now: Arc::new(Mutex::new(start)) }
    }

    /// The present mode.
    #[must_use]
    pub fn mode(&self) -> M {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns the switch.
    pub fn set(&self, mode: M) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    /// Turns the switch by the name of the mode.
    ///
    /// # Errors
    /// When no mode has this name; the error lists those that exist.
    pub fn set_by_name(&self, name: &str) -> Result<(), UnknownMode> {
        let found = self.modes.iter().find(|(known, _)| *known == name);
        let (_, mode) = found.ok_or_else(|| UnknownMode(self.names().join(", ")))?;
        self.set(*mode);
        Ok(())
    }

    /// Names of all modes.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.modes.iter().map(|(name, _)| *name).collect()
    }

    /// Name of the present mode.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let now = self.mode();
        self.modes.iter().find(|(_, mode)| *mode == now).map_or("", |(name, _)| name)
    }
}

/// What `POST /switch` takes.
#[derive(Deserialize)]
struct Wanted {
    mode: String,
}

/// `POST /switch` with `{"mode":"..."}`, and `/switch/form` for the buttons of the page.
pub(crate) fn routes<M>(switch: Switch<M>) -> Router
where
    M: Copy + PartialEq + fmt::Debug + Send + Sync + 'static,
{
    let of_form = switch.clone();
    Router::new()
        .route(
            "/switch",
            post(move |Json(wanted): Json<Wanted>| async move {
                answer(switch.set_by_name(&wanted.mode), || StatusCode::NO_CONTENT.into_response())
            }),
        )
        .route(
            "/switch/form",
            post(move |axum::Form(wanted): axum::Form<Wanted>| async move {
                answer(of_form.set_by_name(&wanted.mode), || Redirect::to("/").into_response())
            }),
        )
}

fn answer(turned: Result<(), UnknownMode>, done: impl FnOnce() -> Response) -> Response {
    match turned {
        Ok(()) => done(),
        Err(unknown) => (StatusCode::UNPROCESSABLE_ENTITY, unknown.to_string()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: &[(&str, u8)] = &[("ok", 0), ("down", 1)];

    #[test]
    fn turns_by_name_and_lists_its_modes_when_the_name_is_unknown() {
        let switch = Switch::new(MODES, 0);
        switch.set_by_name("down").unwrap();
        assert_eq!((switch.mode(), switch.name()), (1, "down"));
        assert_eq!(switch.set_by_name("off"), Err(UnknownMode("ok, down".to_owned())));
        assert_eq!(switch.mode(), 1);
    }
}
