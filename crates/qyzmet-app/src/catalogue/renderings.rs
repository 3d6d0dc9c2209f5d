//! What is made of a regulation when somebody first asks for it: diagram, BPMN, PDF. Kept by the hash of the folder.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use qyzmet_domain::Locale;
use qyzmet_engine::Regulation;
use tokio::sync::{OnceCell, Semaphore};

use crate::{App, Error};

/// How many are kept. Another one takes the place of one of them, and what is asked for again is made again.
const MOST: usize = 96;

/// Something that is made of a regulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rendering {
    /// The diagram whose symbols lead to the columns of the table of its page.
    Diagram,
    /// The diagram as a file of its own.
    Svg,
    /// The diagram for other programs.
    Bpmn,
    /// The printed regulation.
    Pdf,
}

/// The hash stands for every byte of the folder, so what is kept never grows old.
type Key = (String, Locale, Rendering);
type Made = Arc<OnceCell<Arc<[u8]>>>;

/// What has been made in this process. Another node makes its own: the same bytes from the same folder.
pub struct Renderings {
    made: Mutex<BTreeMap<Key, Made>>,
    /// One at a time prints, so that strangers who ask for regulations leave the printer to those who wait for a result.
    printer: Semaphore,
}

impl Default for Renderings {
    fn default() -> Self {
        Self { made: Mutex::default(), printer: Semaphore::new(1) }
    }
}

impl Renderings {
    fn place(&self, key: Key) -> Made {
        // The list is whole whatever happened to whoever held it.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.len() >= MOST && !made.contains_key(&key) {
            made.pop_first();
        }
        made.entry(key).or_default().clone()
    }
}

/// A rendering, made now when it is not kept. However many ask at once, it is made once, on a thread for blocking work.
///
/// # Errors
/// [`Error::Busy`] when it is not printed in time, [`Error::NotFound`] for a PDF from a program without the printer.
pub(crate) async fn rendering(
    app: &App,
    regulation: &Arc<Regulation>,
    locale: Locale,
    what: Rendering,
) -> Result<Arc<[u8]>, Error> {
    let place = app.renderings.place((regulation.version.to_string(), locale, what));
    if let Some(made) = place.get() {
        return Ok(Arc::clone(made));
    }
    let (app, regulation) = (app.clone(), Arc::clone(regulation));
    // A task of its own: what was begun is finished and kept, also when whoever asked has gone.
    let making = tokio::spawn(async move {
        place.get_or_try_init(|| make(&app, regulation, locale, what)).await.map(Arc::clone)
    });
    making.await.map_err(Error::fault)?
}

async fn make(
    app: &App,
    regulation: Arc<Regulation>,
    locale: Locale,
    what: Rendering,
) -> Result<Arc<[u8]>, Error> {
    let _turn = match what {
        Rendering::Pdf => Some(app.renderings.printer.acquire().await.map_err(Error::fault)?),
        Rendering::Diagram | Rendering::Svg | Rendering::Bpmn => None,
    };
    let work = move || match what {
        Rendering::Diagram => Ok(regulation.svg(locale, Some("#action-")).into_bytes()),
        Rendering::Svg => Ok(regulation.svg(locale, None).into_bytes()),
        Rendering::Bpmn => Ok(regulation.bpmn(locale).into_bytes()),
        Rendering::Pdf => pdf(&regulation, locale),
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(Error::fault)??.into())
}

/// The day of the document is the first day of the wording, so that the same folder gives the same bytes.
#[cfg(feature = "print")]
fn pdf(regulation: &Regulation, locale: Locale) -> Result<Vec<u8>, Error> {
    let day = regulation.service.valid_from.to_zoned(jiff::tz::TimeZone::UTC).map_err(Error::fault)?;
    crate::results::print_regulation(regulation, locale, day.timestamp()).map_err(crate::results::not_printed)
}

#[cfg(not(feature = "print"))]
fn pdf(_: &Regulation, _: Locale) -> Result<Vec<u8>, Error> {
    Err(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Key {
        (format!("{number:064}"), Locale::Kk, Rendering::Bpmn)
    }

    #[test]
    fn no_more_is_kept_than_has_room_and_what_is_kept_is_the_same() {
        let renderings = Renderings::default();
        let last = renderings.place(key(MOST * 2));
        for number in 0..MOST * 2 {
            renderings.place(key(number));
        }
        assert!(Arc::ptr_eq(&last, &renderings.place(key(MOST * 2))));
        assert_eq!(renderings.made.lock().unwrap().len(), MOST);
    }
}
