//! The picture of digits that a form for everybody shows, as PNG.

mod canvas;
mod digits;

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use qyzmet_app::{CaptchaAnswer, CaptchaPicture, ShowCaptcha};

use crate::{problem::Answer, sent::Sent, visit::Visit};

use self::{canvas::Canvas, digits::Bend};

/// Width of a picture in pixels.
const WIDTH: usize = 240;
/// Height of a picture in pixels.
const HEIGHT: usize = 80;
/// How many thin lines cross the digits.
const LINES: usize = 6;
/// How many grey specks lie among them.
const SPECKS: usize = 260;

/// `GET /captcha/{token}`: nothing of the answer stands in the address.
pub(crate) async fn show(visit: Visit, Path(token): Path<String>) -> Answer {
    let picture = visit.run(ShowCaptcha { token }).await?;
    let mut response = png(&draw(&picture))?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What a form sends back.
pub(crate) fn answer(sent: &mut Sent) -> CaptchaAnswer {
    CaptchaAnswer {
        token: sent.take("captcha-token"),
        digits: sent.take("captcha"),
        proof: sent.take("captcha-proof"),
    }
}

/// Bent digits, crossed by lines: easy for an eye, some work for a program.
fn draw(picture: &CaptchaPicture) -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let mut bend = Bend::from(picture.seed);
    let count = picture.digits.chars().count().max(1);
    let step = (WIDTH as f32 - 24.0) / count as f32;
    for (place, digit) in (0_u8..).zip(picture.digits.chars()) {
        let left = 12.0 + f32::from(place) * step;
        canvas.line(&bend.digit(digit, left, step, HEIGHT as f32), 2.4, 40);
    }
    for _ in 0..LINES {
        canvas.line(&bend.across(WIDTH as f32, HEIGHT as f32), 0.7, 110);
    }
    for _ in 0..SPECKS {
        let (x, y) = bend.place(WIDTH as f32, HEIGHT as f32);
        canvas.line(&[(x, y), (x, y)], 0.7, 120);
    }
    canvas
}

fn png(canvas: &Canvas) -> Result<Vec<u8>, qyzmet_app::Error> {
    let mut bytes = Vec::new();
    let (width, height) = (WIDTH as u32, HEIGHT as u32);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(canvas.pixels()));
    written.map_err(qyzmet_app::Error::fault)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(digits: &str, seed: u8) -> Vec<u8> {
        let picture = CaptchaPicture { digits: digits.to_owned(), seed: [seed; 32] };
        png(&draw(&picture)).unwrap()
    }

    fn pixels(png: &[u8]) -> Vec<u8> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (240, 80));
        pixels
    }

    /// [R839-A2.4]
    #[test]
    fn a_picture_is_a_small_png_with_dark_strokes_on_light_ground() {
        let png = picture("0123456789", 7);
        assert!(png.len() < 20_000, "{}", png.len());
        let pixels = pixels(&png);
        let dark = pixels.iter().filter(|pixel| **pixel < 90).count();
        assert!((500..6_000).contains(&dark), "{dark}");
        if let Some(folder) = std::env::var_os("QYZMET_GALLERY") {
            std::fs::write(std::path::PathBuf::from(folder).join("captcha.png"), png).unwrap();
        }
    }

    #[test]
    fn the_same_token_shows_the_same_picture_and_another_another() {
        assert_eq!(picture("482913", 1), picture("482913", 1));
        assert_ne!(picture("482913", 1), picture("482913", 2), "bent otherwise");
        assert_ne!(picture("482913", 1), picture("482914", 1));
        assert!(!picture("", 1).is_empty(), "nothing to draw is no fault");
    }
}
