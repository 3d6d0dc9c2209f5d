// Every component on one page: no accessibility violation, no sideways scrolling, nothing the policy complains about. Leaves pictures in gallery/.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { openBrowser, openPage } from "./support/browser.js";
import { Site } from "./support/site.js";
import { elementWords } from "./support/words.js";

const here = new URL("../", import.meta.url);
/** @param {string} element */
const words = (element) => JSON.stringify(elementWords(element, "kk")).replaceAll('"', "&quot;");
/** The gallery with the words of its elements. */
const gallery = () => ["words", "keys", "card", "install", "proof"].reduce((page, place) => page.replace(`{{${place}}}`, words(place === "words" ? "qz-sign" : `qz-${place}`)), readFileSync(new URL("gallery.html", here), "utf8"));
const QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 5"><path d="M0 0h2v2H0zM3 0h2v2H3zM0 3h2v2H0zM3 3h1v1H3z"/></svg>';

/** @type {Site} */ let site;
/** @type {import("playwright-core").Browser} */ let browser;

before(async () => {
  mkdirSync(new URL("gallery", here), { recursive: true });
  site = await new Site().start();
  site.page("/gallery", gallery());
  site.routes.set("/qr.svg", (_, response) => response.setHeader("Content-Type", "image/svg+xml").end(QR));
  site.routes.set("/events", (_, response) => response.setHeader("Content-Type", "text/event-stream").write(": open\n\n"));
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  site.stop();
});

/** @param {number} width @param {import("playwright-core").BrowserContextOptions} [options] */
async function show(width, options = {}) {
  const tab = await openPage(browser, { viewport: { width, height: 900 }, reducedMotion: "reduce", ...options });
  await tab.page.goto(`${site.address}/gallery`);
  if (options.javaScriptEnabled !== false) for (const element of ["qz-sign", "qz-keys", "qz-card", "qz-install", "qz-proof"]) await tab.page.waitForSelector(`${element}[data-ready]`);
  return tab;
}

/** @param {import("playwright-core").Page} page */
async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => /** @type {any} */ (window).axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  return found.violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html.slice(0, 120)).join(" | ")}`);
}

for (const width of [1280, 320]) {
  test(`at ${width} px: no violation of WCAG A and AA, no sideways scrolling, no complaint`, async () => {
    const tab = await show(width);
    await tab.page.screenshot({ path: new URL(`gallery/${width}.png`, here).pathname, fullPage: true });
    assert.deepEqual(await violations(tab.page), []);
    assert.equal(await tab.page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.deepEqual(tab.complaints, []);
    await tab.close();
  });
}

test("a failure and the key file's fields are accessible too", async () => {
  for (const width of [1280, 320]) {
    const tab = await show(width);
    await tab.page.getByLabel("Кілт файлымен осы бетте").check();
    await tab.page.getByRole("button", { name: "Қол қою", exact: true }).click();
    await tab.page.waitForSelector('qz-sign[data-failure="no-file"]');
    await tab.page.locator("qz-sign").screenshot({ path: new URL(`gallery/sign-${width}.png`, here).pathname });
    assert.deepEqual(await violations(tab.page), []);
    assert.equal(await tab.page.evaluate(() => document.documentElement.scrollWidth), width);
    await tab.close();
  }
});

test("the session's dialog is accessible", async () => {
  const tab = await show(1280);
  await tab.page.evaluate(() => document.querySelector("dialog")?.showModal());
  await tab.page.screenshot({ path: new URL("gallery/dialog.png", here).pathname });
  assert.deepEqual(await violations(tab.page), []);
  await tab.close();
});

test("without scripts every plain way is on the page", async () => {
  const tab = await show(320, { javaScriptEnabled: false });
  assert.ok(await tab.page.locator("#signature").isVisible());
  assert.ok(await tab.page.locator("button[name=resend]").isVisible());
  await tab.close();
});

test("text is set in our font, Kazakh letters included", async () => {
  const tab = await show(1280);
  const loaded = await tab.page.evaluate(async () => {
    await document.fonts.ready;
    return [document.fonts.check('16px "Golos Text"', "ӘІҢҒҮҰҚӨҺ₸№"), getComputedStyle(document.body).fontFamily];
  });
  assert.equal(loaded[0], true);
  assert.match(String(loaded[1]), /^"Golos Text"/);
  await tab.close();
});

test("every control shows that it has the focus", async () => {
  const tab = await show(1280);
  const unseen = await tab.page.evaluate(() => {
    const look = (/** @type {Element} */ control) =>
      [control, control.nextElementSibling ?? control].flatMap((element) =>
        [undefined, "::before", "::after"].map((part) => {
          const { outline, boxShadow, backgroundColor } = getComputedStyle(element, part);
          return outline + boxShadow + backgroundColor;
        }),
      ).join();
    const controls = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]);
    return controls.filter((control) => control.checkVisibility()).flatMap((control) => {
      control.blur();
      const before = look(control);
      control.focus({ preventScroll: true });
      return document.activeElement === control && look(control) !== before ? [] : [`${control.tagName} ${control.className} ${control.textContent}`];
    });
  });
  assert.deepEqual(unseen, []);
  await tab.close();
});
