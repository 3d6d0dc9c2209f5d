// <qz-card> in a real browser under the portal's policy, with an agent across origins: what the operator sees, and what the form takes.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openBrowser, openPage } from "./support/browser.js";
import { CARD, FakeCardAgent } from "./support/card-agent.js";
import { Site } from "./support/site.js";
import { elementWords } from "./support/words.js";

const words = elementWords("qz-card", "kk");
const PROFILES = [{ profile: "sign", name: "Қол қою кілті" }, { profile: "auth", name: "Кіру кілті" }];
const GIVEN = PROFILES.map((one, at) => ({ ...one, certificate: ["MAE=", "MAI="][at] }));
const REQUESTS = [{ profile: "sign", request: "MAA=" }, { profile: "auth", request: "MAE=" }];

/** @type {Site} */ let site;
/** @type {FakeCardAgent} */ let agent;
/** @type {import("playwright-core").Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof openPage>>} */ let tab;

before(async () => {
  site = await new Site().start();
  agent = await new FakeCardAgent().start();
  site.agent = agent.address;
  browser = await openBrowser();
  site.page("/next", "<main><h1>Дайын</h1></main>");
});
after(async () => {
  await browser.close();
  site.stop();
  agent.stop();
});
beforeEach(async () => {
  site.posts.length = 0;
  agent.asked.length = 0;
  agent.origin = site.address;
  agent.answers = {
    "/card": [200, CARD],
    "/keys": [200, { card: CARD.serial, keys: REQUESTS }],
    "/certificates": [200, (/** @type {any} */ body) => ({ card: CARD.serial, certificates: body.certificates })],
  };
  tab = await openPage(browser);
});
afterEach(() => tab.close());

/** @param {unknown} value */
const attribute = (value) => (typeof value === "string" ? value : JSON.stringify(value)).replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** @param {"keys" | "certificates"} field @param {string} attributes @param {string} [value] */
async function open(field, attributes, value = "", page = tab.page) {
  site.page("/form", `<main><form method="post" action="/next"><qz-card data-agent="${agent.address}" ${attributes} data-words="${attribute(words)}">
    <input type="hidden" name="${field}" value="${attribute(value)}"><p id="plain">JavaScript қажет</p></qz-card><button>Жалғастыру</button></form></main>`);
  await page.goto(`${site.address}/form`);
}
const openKeys = (value = "") => open("keys", `data-profiles="${attribute(PROFILES)}"`, value);
const openWrite = () => open("certificates", `data-write="${attribute(GIVEN)}"`);

/** @param {string} name */
const press = (name) => tab.page.getByRole("button", { name, exact: true }).click();

/** @param {string} field */
async function goOn(field) {
  await press("Жалғастыру");
  await tab.page.waitForURL("**/next");
  return new URLSearchParams(site.posts[0].body).get(field) ?? "";
}

/** @param {string} code */
async function showsFailure(code) {
  await tab.page.waitForSelector(`qz-card[data-failure="${code}"]`);
  const alert = tab.page.getByRole("alert");
  assert.equal(await alert.innerText(), words[`error-${code}`]);
  assert.ok(await alert.evaluate((box) => box === document.activeElement), "the failure has the focus");
}

/** [R839-9.P1] [R839-9.P6] */
test("keys are made on the card by keyboard alone, and the form takes their requests", async () => {
  await openKeys();
  await tab.page.getByRole("button", { name: words.make }).focus();
  await tab.page.keyboard.press("Enter");
  await tab.page.waitForSelector("qz-card[data-done]");
  assert.equal(await tab.page.evaluate(() => document.activeElement?.textContent), words.made);
  assert.match(await tab.page.locator("qz-card").innerText(), /нөмірі 012345678[\s\S]*Қол қою кілті: [0-9a-f]{4} /);
  assert.deepEqual(JSON.parse(await goOn("keys")), REQUESTS);
  assert.deepEqual(agent.asked, [
    { path: "/card", body: "" },
    { path: "/keys", body: { profiles: [{ profile: "sign" }, { profile: "auth" }], language: "kk" } },
  ]);
  assert.deepEqual(tab.complaints, []);
});

/** [R839-9.P10] */
test("certificates are written, and the form takes what the card gave back", async () => {
  await openWrite();
  await press(words.write);
  await tab.page.getByText(words.written).waitFor();
  assert.deepEqual(JSON.parse(await goOn("certificates")), GIVEN.map(({ profile, certificate }) => ({ profile, certificate })));
  assert.deepEqual(agent.asked[1].body, { certificates: ["MAE=", "MAI="], language: "kk" });
  assert.deepEqual(tab.complaints, []);
});

/** [R839-9.P6] */
test("while the PIN is typed elsewhere the page says where, and has no field for it", async () => {
  for (const ownKeys of [false, true]) {
    /** @type {() => void} */ let typed = () => {};
    const typing = new Promise((resolve) => (typed = () => resolve(undefined)));
    agent.answers["/card"] = [200, { ...CARD, ownKeys }];
    await tab.page.route(`${agent.address}/keys`, async (route) => {
      await typing;
      await route.fallback();
    });
    await openKeys();
    await press(words.make);
    const said = words[ownKeys ? "pin-reader" : "pin-agent"].replace("{label}", CARD.label).replace("{serial}", CARD.serial);
    await tab.page.getByRole("status").getByText(said).waitFor();
    assert.equal(await tab.page.locator("input:not([type=hidden])").count(), 0);
    typed();
    await tab.page.waitForSelector("qz-card[data-done]");
  }
});

/** [R839-9.P6] [R839-9.P10] */
test("every refusal has its words, and the form stays without an answer", async () => {
  await openWrite();
  for (const [code, answer] of /** @type {const} */ ([["pin-refused", { error: "pin-refused", tries: "few" }], ["pin-refused-last", { error: "pin-refused", tries: "last" }],
    ["pin-locked", { error: "pin-locked" }], ["card-lost", { error: "card-lost" }], ["no-key", { error: "no-key" }], ["busy", { error: "busy" }],
    ["half-done", { error: "card-lost", left: 2 }], ["failed", { error: "a word of tomorrow" }]])) {
    agent.answers["/certificates"] = [409, answer];
    await press(words.write);
    await showsFailure(code);
  }
  agent.answers["/certificates"] = [200, { certificates: ["MAE=", "MAE="] }];
  await press(words.write);
  await showsFailure("not-kept");
  agent.answers["/card"] = [409, { error: "no-card" }];
  await press(words.write);
  await showsFailure("no-card");
  assert.equal(await tab.page.locator("input[name=certificates]").inputValue(), "");
});

test("without an agent, or with one of another portal, the page says how to start it", async () => {
  agent.origin = "https://other.example.kz";
  await openKeys();
  await press(words.make);
  await showsFailure("agent-not-running");
  assert.match(words["error-agent-not-running"], /qyzmet card/);
  agent.origin = site.address;
  await press(words.make);
  await tab.page.waitForSelector("qz-card[data-done]");
});

test("keys that were made before are remembered, and can be made anew", async () => {
  await openKeys('[{"profile":"sign","request":"MAA="}]');
  await tab.page.getByText(words.known).waitFor();
  await press(words.anew);
  assert.equal(await tab.page.locator("input[name=keys]").inputValue(), "");
  await press(words.make);
  await tab.page.waitForSelector("qz-card[data-done]");
  assert.deepEqual(JSON.parse(await tab.page.locator("input[name=keys]").inputValue()), REQUESTS);
});

test("without scripts the page says what is needed", async () => {
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await open("keys", "", "", plain.page);
  assert.ok(await plain.page.locator("#plain").isVisible());
  await plain.close();
});
