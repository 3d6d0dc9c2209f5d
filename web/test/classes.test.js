// The style sheet and the templates of the server agree on the names of our classes.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { manifest } from "./support/site.js";

const root = new URL("../../", import.meta.url);
const css = readFileSync(new URL(`web/dist/${manifest["app.css"].file}`, root), "utf8");
const styled = new Set([...css.matchAll(/\.(qz-[a-z0-9_-]+)/g)].map(([, name]) => name));

/** Given for meaning only, or looked up by a script. */
const UNSTYLED = new Set(["qz-footer__in", "qz-timeline__note", "qz-timeline__item--next", "qz-languages"]);

/** @param {string} html @returns {string[]} whole class names; names that a template puts together are left out */
function classes(html) {
  const attributes = [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, value]) => value.replace(/\{[%#{].*?[%#}]\}/g, "\u0000").split(/\s+/));
  return attributes.filter((name) => /^qz-[a-z0-9_-]+$/.test(name) && !/(--|-)$/.test(name));
}

/** @param {URL} folder */
function templates(folder) {
  return readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(".html")).map((name) => new URL(name, folder));
}

test("every class of ours that a page names is styled", () => {
  const pages = [new URL("web/gallery.html", root), ...templates(new URL("crates/qyzmet-web/src/", root))];
  assert.ok(pages.length > 1);
  const unknown = pages.flatMap((page) => classes(readFileSync(page, "utf8")).filter((name) => !styled.has(name) && !UNSTYLED.has(name)).map((name) => `${page.pathname}: ${name}`));
  assert.deepEqual(unknown, []);
});

test("every class of ours in the sheet is shown in the gallery, or made by a script", () => {
  const scripts = readdirSync(new URL("web/elements/", root), { recursive: true }).map(String).filter((name) => name.endsWith(".js"));
  const shown = ["web/gallery.html", "web/test/support/site.js"].map((page) => readFileSync(new URL(page, root), "utf8")).concat(...scripts.map((name) => readFileSync(new URL(`web/elements/${name}`, root), "utf8"))).join("\n");
  assert.deepEqual([...styled].filter((name) => !shown.includes(name)), []);
});

test("the sheet names no foreign font and no place outside", () => {
  assert.ok(!css.includes("GDS Transport"));
  assert.ok(!/url\(\s*["']?(https?:|\/\/|data:)/.test(css));
  assert.ok(!css.includes("@import"));
});
