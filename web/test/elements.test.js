// <qz-live>, <qz-otp> and <qz-timeout> in a real browser under the portal's policy.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openBrowser, openPage } from "./support/browser.js";
import { Site } from "./support/site.js";

/** @type {Site} */ let site;
/** @type {import("playwright-core").Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof openPage>>} */ let tab;
/** @type {import("node:http").ServerResponse | undefined} */ let stream;
let opened = 0;

const ITEM = (/** @type {number} */ number, /** @type {string} */ state, /** @type {string} */ word) =>
  `<li class="qz-timeline__item qz-timeline__item--${state}" id="action-${number}"><strong class="qz-timeline__state">${word}</strong><span class="qz-timeline__note"></span></li>`;

before(async () => {
  site = await new Site().start();
  browser = await openBrowser();
  site.routes.set("/events", (_, response) => {
    opened += 1;
    stream = response;
    response.setHeader("Content-Type", "text/event-stream").write(": open\n\n");
  });
  site.page("/live", `<main><qz-live data-url="/events"><p role="status">Күтілуде</p><span id="left">3</span><ol>${ITEM(4, "now", "Қазір")}${ITEM(5, "next", "Алда")}</ol></qz-live><p id="left-outside">3</p></main>`);
  site.page("/ended", "<main><h1>Сессия аяқталды</h1></main>");
  site.routes.set("/extend", (_, response) => response.writeHead(204).end());
});
after(async () => {
  await browser.close();
  site.stop();
});
beforeEach(async () => {
  site.posts.length = 0;
  stream = undefined;
  opened = 0;
  tab = await openPage(browser);
});
afterEach(() => tab.close());

/** @param {string} path @param {boolean} [clock] whether the test moves the page's clock itself */
async function open(path, clock = false) {
  if (clock) {
    // Stopped before the page loads: on a busy machine a running clock would already have counted.
    await tab.page.clock.install({ time: new Date("2026-11-21T10:00:00Z") });
    await tab.page.clock.pauseAt(new Date("2026-11-21T10:00:01Z"));
  }
  await tab.page.goto(`${site.address}${path}`);
}

/** @param {unknown} change */
const send = (change) => stream?.write(`event: change\ndata: ${typeof change === "string" ? change : JSON.stringify(change)}\n\n`);

test("a change moves the timeline, its words and the status line", async () => {
  await open("/live");
  await tab.page.waitForSelector("qz-live[data-ready]");
  while (!stream) await tab.page.evaluate(() => new Promise(requestAnimationFrame));
  send({ say: "Мәліметтер тексерілуде", texts: { left: "2" }, items: { "action-4": { state: "done", word: "Орындалды", note: "10:45" }, "action-5": { state: "now", word: "Қазір" } } });
  await tab.page.waitForFunction(() => document.querySelector("[role=status]")?.textContent === "Мәліметтер тексерілуде");
  assert.equal(await tab.page.locator("#left").innerText(), "2");
  assert.equal(await tab.page.locator("#action-4").getAttribute("class"), "qz-timeline__item qz-timeline__item--done");
  assert.equal(await tab.page.locator("#action-4").textContent(), "Орындалды10:45");
  assert.equal(await tab.page.locator("#action-5").getAttribute("aria-current"), "step");
  assert.deepEqual(tab.complaints, []);
});

test("markup, unknown ids, foreign states and damaged data change nothing", async () => {
  await open("/live");
  while (!stream) await tab.page.evaluate(() => new Promise(requestAnimationFrame));
  send("{");
  send({ texts: { left: "<b>1</b>", "left-outside": "9", nothing: "x" }, items: { "action-4": { state: "evil x" }, "action-9": { state: "done" } } });
  await tab.page.waitForFunction(() => document.querySelector("#left")?.textContent === "<b>1</b>");
  assert.equal(await tab.page.locator("#left b").count(), 0);
  assert.equal(await tab.page.locator("#left-outside").innerText(), "3");
  assert.equal(await tab.page.locator("#action-4").getAttribute("class"), "qz-timeline__item qz-timeline__item--now");
  assert.deepEqual(tab.complaints, []);
});

test("a change of the whole page loads it again", async () => {
  await open("/live");
  while (!stream) await tab.page.evaluate(() => new Promise(requestAnimationFrame));
  const again = tab.page.waitForEvent("load");
  send({ reload: true });
  await again;
  while (opened < 2) await tab.page.evaluate(() => new Promise(requestAnimationFrame));
});

test("a new code can be asked for when the wait is over, and that is announced", async () => {
  site.page("/otp", `<main><form method="post"><qz-otp data-resend-in="60" data-wait="{seconds} с" data-ready="Енді болады"><input id="c" name="code"><button name="resend">Жаңа код</button></qz-otp></form></main>`);
  await open("/otp", true);
  const resend = tab.page.locator("[name=resend]");
  await resend.waitFor({ state: "hidden" });
  assert.equal(await tab.page.locator(".qz-otp__wait").innerText(), "60 с");
  await tab.page.clock.runFor(58_000);
  assert.equal(await tab.page.locator(".qz-otp__wait").innerText(), "2 с");
  assert.equal(await resend.isVisible(), false);
  await tab.page.clock.runFor(3_000);
  assert.equal(await resend.isVisible(), true);
  assert.equal(await tab.page.getByRole("status").innerText(), "Енді болады");
});

test("spaces and hyphens in a pasted code are forgiven", async () => {
  site.page("/otp", `<main><qz-otp><input id="c" name="code"></qz-otp></main>`);
  await open("/otp");
  await tab.page.locator("#c").fill(" 482-1 93 ");
  assert.equal(await tab.page.locator("#c").inputValue(), "482193");
});

const TIMEOUT = `<main><h1>Бет</h1><qz-timeout data-expires-in="300" data-warn-before="120" data-ended-url="/ended" data-left="{minutes} мин {seconds} с">
  <dialog aria-label="Сессия"><span class="qz-timeout__left"></span><form method="post" action="/extend"><input type="hidden" name="csrf" value="t1"><button>Жалғастыру</button></form></dialog></qz-timeout></main>`;

test("the warning comes two minutes before the end, and one press starts the time anew", async () => {
  site.page("/timeout", TIMEOUT);
  await open("/timeout", true);
  await tab.page.clock.runFor(175_000);
  assert.equal(await tab.page.locator("dialog").isVisible(), false);
  await tab.page.clock.runFor(10_000);
  assert.ok(await tab.page.locator("dialog").isVisible());
  assert.match(await tab.page.locator(".qz-timeout__left").innerText(), /^1 мин 5\d с$/);
  await tab.page.getByRole("button", { name: "Жалғастыру" }).click();
  await tab.page.locator("dialog").waitFor({ state: "hidden" });
  assert.deepEqual(site.posts, [{ path: "/extend", body: "csrf=t1" }]);
  await tab.page.clock.runFor(170_000);
  assert.equal(await tab.page.locator("dialog").isVisible(), false);
  assert.equal(new URL(tab.page.url()).pathname, "/timeout");
});

test("at the end the page that explains it is shown", async () => {
  site.page("/timeout", TIMEOUT);
  await open("/timeout", true);
  await tab.page.clock.runFor(302_000);
  await tab.page.waitForURL("**/ended");
});
