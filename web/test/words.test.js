// Whatever <qz-sign> may have to say, it has words for in all three languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { signingWords } from "./support/words.js";

/** @param {string} name */
const source = (name) => readFileSync(new URL(`../elements/${name}`, import.meta.url), "utf8");

/** The codes as they stand in the type of a failure. */
const codes = [...source("failure.js").split("*/")[0].matchAll(/"([a-z-]+)"/g)].map(([, code]) => code);
const fixed = ["view.js", "element.js"].flatMap((name) => [...source(`sign/${name}`).matchAll(/(?:words|progress)\("([a-z-]+)"/g)].map(([, key]) => key));
const routes = ["ncalayer", "file"].flatMap((route) => [`route-${route}`, `route-${route}-hint`, `button-${route}`]);
const fields = ["file-label", "password-label", "status-ask-permission", "status-wait-agent"];
const needed = [...fixed, ...routes, ...fields, ...codes.flatMap((code) => ["title", "text", "next"].map((part) => `error-${code}-${part}`))];

for (const language of /** @type {const} */ (["kk", "ru", "en"])) {
  test(`every word is there in ${language}, and none is left over`, () => {
    assert.equal(codes.length, 16);
    const words = signingWords(language);
    assert.deepEqual(needed.filter((key) => !words[key]), []);
    assert.deepEqual(Object.keys(words).filter((key) => !needed.includes(key)), []);
    assert.ok(words.support.includes("{code}"));
  });
}
