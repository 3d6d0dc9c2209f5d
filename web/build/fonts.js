// Cuts Golos Text down to the letters of Kazakh, Russian and English: one file per weight, kerning kept.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);

/** Inclusive ranges of code points. Whole fonts are used as the source because the public web subsets split the Kazakh
 * letters over three files, which costs three requests per weight and the kerning between them. */
const RANGES = [
  [0x20, 0x7e], // Basic Latin
  [0xa0, 0xff], // Latin-1: «», §, °, accented names of foreigners
  [0x0400, 0x045f], // Russian, Ukrainian, І і
  ...[0x0492, 0x0493, 0x049a, 0x049b, 0x04a2, 0x04a3, 0x04ae, 0x04af, 0x04b0, 0x04b1, 0x04ba, 0x04bb, 0x04d8, 0x04d9, 0x04e8, 0x04e9].map(
    (letter) => [letter, letter],
  ),
  [0x2010, 0x2015], // hyphens and dashes
  [0x2018, 0x201e], // quotation marks
  ...[0x2009, 0x202f, 0x2022, 0x2026, 0x20b8, 0x2116, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212].map((sign) => [sign, sign]),
];

const TEXT = RANGES.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))).join("");

const SOURCES = {
  "golos-400.woff2": "@expo-google-fonts/golos-text/400Regular/GolosText_400Regular.ttf",
  "golos-700.woff2": "@expo-google-fonts/golos-text/700Bold/GolosText_700Bold.ttf",
};

/** @param {import("./assets.js").Assets} assets */
export async function addFonts(assets) {
  for (const [name, source] of Object.entries(SOURCES)) {
    const whole = readFileSync(require.resolve(source));
    assets.add(name, await subsetFont(whole, TEXT, { targetFormat: "woff2" }));
  }
}
