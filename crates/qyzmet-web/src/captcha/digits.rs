//! Digits as strokes, turned, stretched and waved a little, so that no two pictures of a digit are alike.

use std::f32::consts::TAU;

use super::canvas::Point;

/// Strokes of the ten digits in a box of one by one.
const SHAPES: [&[Point]; 10] = [
    &[
        (0.5, 0.04),
        (0.22, 0.14),
        (0.12, 0.5),
        (0.22, 0.86),
        (0.5, 0.96),
        (0.78, 0.86),
        (0.88, 0.5),
        (0.78, 0.14),
        (0.5, 0.04),
    ],
    &[(0.22, 0.26), (0.56, 0.04), (0.56, 0.96), (0.3, 0.96), (0.82, 0.96)],
    &[
        (0.14, 0.28),
        (0.26, 0.1),
        (0.5, 0.04),
        (0.76, 0.12),
        (0.84, 0.3),
        (0.7, 0.52),
        (0.4, 0.74),
        (0.12, 0.95),
        (0.9, 0.95),
    ],
    &[
        (0.14, 0.14),
        (0.46, 0.04),
        (0.8, 0.15),
        (0.78, 0.36),
        (0.44, 0.46),
        (0.8, 0.58),
        (0.86, 0.8),
        (0.5, 0.97),
        (0.12, 0.86),
    ],
    &[(0.68, 0.96), (0.68, 0.05), (0.1, 0.68), (0.94, 0.68)],
    &[
        (0.82, 0.05),
        (0.24, 0.05),
        (0.2, 0.46),
        (0.56, 0.4),
        (0.86, 0.58),
        (0.82, 0.84),
        (0.5, 0.97),
        (0.12, 0.86),
    ],
    &[
        (0.76, 0.06),
        (0.4, 0.2),
        (0.16, 0.55),
        (0.2, 0.84),
        (0.5, 0.96),
        (0.82, 0.82),
        (0.8, 0.58),
        (0.5, 0.46),
        (0.18, 0.62),
    ],
    &[(0.12, 0.06), (0.9, 0.06), (0.44, 0.96)],
    &[
        (0.5, 0.47),
        (0.22, 0.32),
        (0.26, 0.12),
        (0.5, 0.04),
        (0.74, 0.12),
        (0.78, 0.32),
        (0.5, 0.47),
        (0.16, 0.66),
        (0.22, 0.89),
        (0.5, 0.97),
        (0.8, 0.89),
        (0.84, 0.66),
        (0.5, 0.47),
    ],
    &[
        (0.24, 0.94),
        (0.6, 0.8),
        (0.84, 0.45),
        (0.8, 0.16),
        (0.5, 0.04),
        (0.18, 0.18),
        (0.2, 0.42),
        (0.5, 0.54),
        (0.82, 0.38),
    ],
];

/// Chance for pictures: it bends strokes and guards nothing.
pub(super) struct Bend(u64);

impl From<[u8; 32]> for Bend {
    fn from(seed: [u8; 32]) -> Self {
        Self(seed.first_chunk().map_or(1, |bytes| u64::from_le_bytes(*bytes)))
    }
}

impl Bend {
    /// Between -1 and 1 (SplitMix64).
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bits = u16::try_from((mixed ^ (mixed >> 31)) >> 48).unwrap_or_default();
        f32::from(bits) / 32_768.0 - 1.0
    }

    /// Somewhere in a picture.
    pub(super) fn place(&mut self, width: f32, height: f32) -> Point {
        ((self.next() + 1.0) / 2.0 * width, (self.next() + 1.0) / 2.0 * height)
    }

    /// A digit in its part of a picture; nothing for what is no digit.
    pub(super) fn digit(&mut self, digit: char, left: f32, step: f32, height: f32) -> Vec<Point> {
        let shape = digit.to_digit(10).and_then(|number| SHAPES.get(number as usize)).copied();
        let (turn, lean, shift) = (self.next() * 0.28, self.next() * 0.15, self.next() * 7.0);
        let (wide, high) = (step * (0.62 + self.next() * 0.07), height * (0.56 + self.next() * 0.07));
        let (wave, phase) = (1.2 + self.next(), self.next() * TAU);
        let middle = (left + step / 2.0, height / 2.0 + shift);
        let bent = |(x, y): Point| {
            let (x, y) = ((x - 0.5) * wide, (y - 0.5) * high);
            let x = x + lean * y + wave * (y / high * TAU + phase).sin();
            let (sin, cos) = turn.sin_cos();
            (middle.0 + x * cos - y * sin, middle.1 + x * sin + y * cos)
        };
        smooth(shape.unwrap_or_default()).into_iter().map(bent).collect()
    }

    /// A wave from one side to the other.
    pub(super) fn across(&mut self, width: f32, height: f32) -> Vec<Point> {
        let (start, end) = (self.place(0.0, height).1, self.place(0.0, height).1);
        let (high, phase) = (6.0 + self.next() * 4.0, self.next() * TAU);
        let point = |part: u8| {
            let part = f32::from(part) / 24.0;
            (part * width, start + (end - start) * part + high * (part * TAU + phase).sin())
        };
        (0..=24).map(point).collect()
    }
}

/// Points between the points, so that a wave bends straight strokes too.
fn smooth(points: &[Point]) -> Vec<Point> {
    let between = |pair: &[Point]| {
        let (from, to) = (pair[0], pair[1]);
        [0.0_f32, 0.25, 0.5, 0.75]
            .map(|part| (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part))
    };
    points.windows(2).flat_map(between).chain(points.last().copied()).collect()
}
