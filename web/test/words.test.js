// Whatever an element may have to say, it has words for in all three languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CODES } from "../elements/card/agent.js";
import { elementWords, signingWords } from "./support/words.js";

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

const MADE = ["no-password", "weak-letters", "weak-short", "weak-mixed", "weak-guess", "passwords-differ", "not-saved", "not-supported", "failed"];
const INSTALLED = ["no-file", "no-password", "bad-file", "wrong-password", "unsupported-file", "unsupported-key", "other-keys", "failed"];
for (const language of /** @type {const} */ (["kk", "ru", "en"])) {
  test(`every word of <qz-proof> is there in ${language}, and none is left over`, () => {
    const said = [...source("proof/element.js").matchAll(/words\("([a-z-]+)"\)/g)].map(([, key]) => key);
    assert.deepEqual(Object.keys(elementWords("qz-proof", language)).sort(), said.sort());
  });
}

const PANELS = {
  "qz-keys": { folder: "keys", codes: MADE, fields: ["password-label", "password-hint", "again-label", "password-show"] },
  "qz-card": { folder: "card", codes: CODES, fields: ["pin-agent", "pin-reader"] },
  "qz-install": { folder: "install", codes: INSTALLED, fields: ["file-label", "file-hint", "password-label", "password-show"] },
};

for (const [element, { folder, codes, fields }] of Object.entries(PANELS)) {
  const said = [...source(`${folder}/element.js`).matchAll(/panel\.(?:text|words|progress|button)\("([a-z-]+)"/g)].map(([, key]) => key);
  const all = new Set([...said, ...fields, ...codes.map((code) => `error-${code}`)]);
  for (const language of /** @type {const} */ (["kk", "ru", "en"])) {
    test(`every word of <${element}> is there in ${language}, and none is left over`, () => {
      assert.deepEqual(Object.keys(elementWords(element, language)).sort(), [...all].sort());
    });
  }
}
