//! Pictures of whole pages, for a person to look at: kept in the folder that `QYZMET_SHOTS` names, and nowhere without it.

use std::{
    env, fs,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use fantoccini::Client;

/// Height of the page, and what the window adds to it.
const HEIGHTS: &str = "return [document.documentElement.scrollHeight, window.outerHeight - window.innerHeight, window.outerHeight]";

/// Where pictures of one browser go, numbered in the order of the story.
pub(super) struct Shots {
    folder: Option<PathBuf>,
    width: u32,
    taken: AtomicUsize,
}

impl Shots {
    /// Pictures when the variable asks for them, in a folder named after the test.
    pub(super) fn wished(width: u32) -> Self {
        let story = thread::current().name().unwrap_or("story").replace("::", "-");
        let folder = env::var_os("QYZMET_SHOTS").map(|folder| PathBuf::from(folder).join(story));
        Self { folder, width, taken: AtomicUsize::new(0) }
    }

    /// A picture of the page from its top to its end.
    pub(super) async fn take(&self, client: &Client, place: &str) {
        let Some(folder) = &self.folder else { return };
        let heights = client.execute(HEIGHTS, Vec::new()).await.expect("heights");
        let height = |index: usize| heights[index].as_u64().and_then(|height| u32::try_from(height).ok());
        let [page, frame, before] = [0, 1, 2].map(|index| height(index).expect("a height"));
        client.set_window_size(self.width, page.max(before - frame) + frame).await.expect("a tall window");
        let picture = client.screenshot().await.expect("a picture");
        client.set_window_size(self.width, before).await.expect("the window as before");
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        let place: String =
            place.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
        let name = format!("{}-{number:02}{}.png", self.width, place.get(..40).unwrap_or(&place));
        fs::create_dir_all(folder).expect("a folder for pictures");
        fs::write(folder.join(name), picture).expect("a picture is kept");
    }
}
