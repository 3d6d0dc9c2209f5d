// What a first visit costs, and that the manifest tells the truth about the files.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { manifest } from "./support/site.js";

/** @param {string} name */
const read = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));
/** @param {string} name */
const packed = (name) => read(`${manifest[name].file}.gz`).length;

test("style, scripts and fonts keep their budgets", () => {
  assert.ok(packed("app.css") <= 18_000, `${packed("app.css")}`);
  assert.ok(packed("app.js") + packed("sign.js") <= 15_000, `${packed("app.js")} + ${packed("sign.js")}`);
  // Fetched only where keys are made or installed.
  assert.ok(packed("keys.js") <= 8_000, `${packed("keys.js")}`);
  // Fetched only at a desk that reaches a card.
  assert.ok(packed("card.js") <= 4_000, `${packed("card.js")}`);
  const fonts = manifest["golos-400.woff2"].bytes + manifest["golos-700.woff2"].bytes;
  assert.ok(fonts <= 36_000, `${fonts}`);
});

test("each file has the digest in its name and in the manifest, and its copies unpack to it", () => {
  for (const { file, sha256, bytes } of Object.values(manifest)) {
    const content = read(file);
    assert.equal(createHash("sha256").update(content).digest("hex"), sha256);
    assert.equal(content.length, bytes);
    assert.ok(file.includes(sha256.slice(0, 8)));
    if (file.endsWith(".woff2")) continue;
    assert.deepEqual(gunzipSync(read(`${file}.gz`)), content);
    assert.deepEqual(brotliDecompressSync(read(`${file}.br`)), content);
  }
});
