//! A grey picture on which round strokes are drawn with soft edges.

/// A point in pixels.
pub(super) type Point = (f32, f32);

/// Light ground, so that dark strokes stand out well above the contrast that text needs.
const GROUND: u8 = 244;

/// The picture.
pub(super) struct Canvas {
    width: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, pixels: vec![GROUND; width * height] }
    }

    /// One byte for each pixel, row by row.
    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// A line through the points, of this radius and grey.
    pub(super) fn line(&mut self, points: &[Point], radius: f32, grey: u8) {
        for pair in points.windows(2) {
            self.stroke(pair[0], pair[1], radius, grey);
        }
    }

    /// Darkens every pixel by how far the stroke covers it.
    fn stroke(&mut self, from: Point, to: Point, radius: f32, grey: u8) {
        let reach = radius + 1.0;
        let (left, right) = (from.0.min(to.0) - reach, from.0.max(to.0) + reach);
        let (top, bottom) = (from.1.min(to.1) - reach, from.1.max(to.1) + reach);
        for (place, pixel) in self.pixels.iter_mut().enumerate() {
            let at = ((place % self.width) as f32, (place / self.width) as f32);
            if at.0 < left || at.0 > right || at.1 < top || at.1 > bottom {
                continue;
            }
            let cover = (radius + 0.5 - distance(at, from, to)).clamp(0.0, 1.0);
            let shade = f32::from(GROUND) - cover * f32::from(GROUND - grey.min(GROUND));
            *pixel = (*pixel).min(shade as u8);
        }
    }
}

/// How far a point is from a line between two others.
fn distance(at: Point, from: Point, to: Point) -> f32 {
    let along = (to.0 - from.0, to.1 - from.1);
    let length = along.0.mul_add(along.0, along.1 * along.1);
    let part = ((at.0 - from.0) * along.0 + (at.1 - from.1) * along.1) / length.max(f32::EPSILON);
    let part = part.clamp(0.0, 1.0);
    let near = (part.mul_add(along.0, from.0), part.mul_add(along.1, from.1));
    (at.0 - near.0).hypot(at.1 - near.1)
}
