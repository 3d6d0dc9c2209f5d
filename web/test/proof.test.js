// <qz-proof>: the way past a picture without seeing it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { prove } from "../elements/proof/work.js";
import { openBrowser, openPage } from "./support/browser.js";
import { Site } from "./support/site.js";
import { elementWords } from "./support/words.js";

const words = elementWords("qz-proof", "kk");
const TOKEN = "order-status.1800000000.07.aa";

/** @type {Site} */ let site;
/** @type {import("playwright-core").Browser} */ let browser;

before(async () => {
  site = await new Site().start();
  browser = await openBrowser();
  site.page("/next", "<main><h1>Дайын</h1></main>");
  site.page("/form", `<main><form method="post" action="/next"><input name="captcha"><qz-proof data-token="${TOKEN}" data-difficulty="12"
    data-words="${JSON.stringify(words).replaceAll('"', "&quot;")}"><p id="plain">1414</p></qz-proof><button>Жіберу</button></form></main>`);
});
after(async () => {
  await browser.close();
  site.stop();
});

/** @param {string} token @param {string} proof @returns {string} digest in bits */
const bits = (token, proof) => [...createHash("sha256").update(`${token}:${proof}`).digest()].map((byte) => byte.toString(2).padStart(8, "0")).join("");

test("the first number with so many zero bits is found", async () => {
  for (const difficulty of [0, 1, 8, 12]) {
    const proof = await prove(TOKEN, difficulty);
    assert.ok(bits(TOKEN, proof).startsWith("0".repeat(difficulty)));
    for (let number = 0; number < Number(proof); number += 1) assert.ok(!bits(TOKEN, String(number)).startsWith("0".repeat(difficulty)));
  }
});

/** [R839-A2.4] */
test("whoever cannot see the picture presses a button, hears what happens, and sends the form without digits", async () => {
  const tab = await openPage(browser);
  await tab.page.goto(`${site.address}/form`);
  await tab.page.getByRole("button", { name: words.button }).press("Enter");
  await tab.page.waitForSelector("qz-proof[data-proven]");
  assert.equal(await tab.page.getByRole("status").innerText(), words.done);
  await tab.page.getByRole("button", { name: "Жіберу" }).click();
  await tab.page.waitForURL("**/next");
  const sent = new URLSearchParams(site.posts[0].body);
  assert.equal(sent.get("captcha"), "");
  assert.ok(bits(TOKEN, sent.get("captcha-proof") ?? "").startsWith("0".repeat(12)));
  assert.deepEqual(tab.complaints, []);
  await tab.close();
});

test("without scripts the other ways are told", async () => {
  const tab = await openPage(browser, { javaScriptEnabled: false });
  await tab.page.goto(`${site.address}/form`);
  assert.ok(await tab.page.locator("#plain").isVisible());
  await tab.close();
});
