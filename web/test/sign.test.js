// <qz-sign> in a real browser under the portal's policy: key files, the agent, and every failure a person can meet.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Agent } from "./support/agent.js";
import { openBrowser, openPage } from "./support/browser.js";
import { Authority, IIN, OTHER_IIN, PASSWORD } from "./support/openssl.js";
import { Site } from "./support/site.js";
import { signingWords } from "./support/words.js";

const words = JSON.stringify(signingWords("kk"));
const content = Buffer.from('{"қызмет":"абоненттік нөмірді қосу"}\n');
const authority = new Authority();
const person = authority.keyFile();
const DAY = 86_400_000;

/** @type {Site} */ let site;
/** @type {Agent} */ let agent;
/** @type {import("playwright-core").Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof openPage>>} */ let tab;

before(async () => {
  site = await new Site().start();
  agent = await new Agent().start();
  browser = await openBrowser();
  site.agent = `${agent.address} wss://127.0.0.1:1`;
  site.routes.set("/document.json", (_, response) => response.end(content));
  site.page("/signed", "<main><h1>Дайын</h1></main>");
});
after(async () => {
  await browser.close();
  agent.stop();
  site.stop();
});
beforeEach(async () => {
  site.posts.length = 0;
  agent.requests.length = 0;
  tab = await openPage(browser);
});
afterEach(() => tab.close());

/** @param {Record<string, string>} [attributes] */
async function open(attributes = {}) {
  const all = { "data-url": "/document.json", "data-iin": IIN, "data-ncalayer": agent.address, "data-words": words, ...attributes };
  const written = Object.entries(all).map(([name, value]) => `${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`);
  site.page("/sign", `<main><form method="post" action="/signed" enctype="multipart/form-data"><input type="hidden" name="csrf" value="c1">
    <qz-sign ${written.join(" ")}><p id="plain">Құжатты жүктеп алу</p><input type="file" name="signature" required><button>Жіберу</button></qz-sign></form></main>`);
  await tab.page.goto(`${site.address}/sign`);
  await tab.page.waitForSelector("qz-sign[data-ready]");
}

/** @param {string} file @param {string} [password] */
async function useKeyFile(file, password = PASSWORD) {
  await tab.page.getByLabel("Кілт файлымен осы бетте").check();
  if (file) await tab.page.locator("input[type=file][form]").setInputFiles(file);
  await tab.page.getByLabel("Кілттің паролі").fill(password);
  await tab.page.getByRole("button", { name: "Қол қою", exact: true }).click();
}

const useAgent = () => tab.page.getByRole("button", { name: "NCALayer арқылы қол қою" }).click();

/** @returns {Promise<Buffer>} the signature that the site received */
async function received() {
  await tab.page.waitForURL("**/signed");
  const field = /name="cms"\r\n\r\n([^\r]*)/.exec(site.posts[0].body);
  assert.ok(field, site.posts[0].body);
  return Buffer.from(field[1], "base64");
}

/** @param {string} code */
async function showsFailure(code) {
  await tab.page.waitForSelector(`qz-sign[data-failure="${code}"]`);
  const alert = tab.page.getByRole("alert");
  const said = await alert.innerText();
  for (const part of ["title", "text", "next"]) assert.ok(said.includes(JSON.parse(words)[`error-${code}-${part}`]), said);
  assert.ok(await alert.evaluate((element) => element === document.activeElement), "the failure has the focus");
  assert.equal(site.posts.length, 0);
}

for (const kind of /** @type {const} */ (["ec", "rsa"])) {
  test(`a key file of kind ${kind} signs under the strict policy, and only the signature leaves the page`, async () => {
    const { path } = authority.keyFile({ kind });
    await open();
    await useKeyFile(path);
    authority.verify(await received(), content);
    assert.match(site.posts[0].body, /name="csrf"\r\n\r\nc1/);
    assert.ok(!site.posts[0].body.includes(PASSWORD));
    assert.ok(!site.posts[0].body.includes(readFileSync(path).toString("latin1", 100, 200)));
    assert.equal(site.posts[0].body.match(/name=/g)?.length, 4, "csrf, the empty upload with its file name, and the signature");
    assert.deepEqual(tab.complaints, []);
  });
}

test("bytes given in the page are signed exactly", async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 26, 128]);
  await open({ "data-content": bytes.toString("base64") });
  await useKeyFile(person.path);
  const cms = await received();
  authority.verify(cms, bytes);
  assert.throws(() => authority.verify(cms, Buffer.concat([bytes, bytes])));
});

test("the Enter key in the password field signs and sends nothing else", async () => {
  await open();
  await useKeyFile(person.path, "");
  await showsFailure("no-password");
  await tab.page.getByLabel("Кілттің паролі").fill(PASSWORD);
  await tab.page.getByLabel("Кілттің паролі").press("Enter");
  authority.verify(await received(), content);
  assert.equal(site.posts.length, 1);
});

test("each unsuitable key file has its own words", async () => {
  writeFileSync(authority.path("short.p12"), person.file.subarray(0, 700));
  await open();
  for (const [code, file, password] of /** @type {const} */ ([
    ["wrong-password", person.path, "basqa-soz"],
    ["no-file", "", PASSWORD],
    ["bad-file", authority.path("short.p12"), PASSWORD],
    ["wrong-purpose", authority.keyFile({ auth: true }).path, PASSWORD],
    ["expired", authority.keyFile({ valid: [-9 * DAY, -DAY] }).path, PASSWORD],
    ["not-yet-valid", authority.keyFile({ valid: [DAY, 2 * DAY] }).path, PASSWORD],
    ["other-person", authority.keyFile({ iin: OTHER_IIN }).path, PASSWORD],
    ["unsupported-file", authority.keyFile({ exportOptions: ["-macalg", "sha1"] }).path, PASSWORD],
  ])) {
    await open();
    await useKeyFile(file, password);
    await showsFailure(code);
  }
  assert.deepEqual(tab.complaints, []);
});

test("after a failure the next attempt works, and other ways stay on the page", async () => {
  await open();
  await useKeyFile(person.path, "basqa-soz");
  await showsFailure("wrong-password");
  await tab.page.getByText("Басқа тәсілмен қол қою").click();
  assert.ok(await tab.page.locator("#plain").isVisible());
  await useKeyFile(person.path);
  authority.verify(await received(), content);
});

test("a document that does not load, or is another site's, is not signed", async () => {
  for (const url of ["/missing.json", "https://example.invalid/document.json", ""]) {
    await open({ "data-url": url });
    await useKeyFile(person.path);
    await showsFailure("content-unavailable");
  }
});

test("the agent signs after it was asked for exactly this document", async () => {
  agent.answer = ({ args }) => ({ status: true, body: { result: [authority.sign(person.name, Buffer.from(args.data, "base64")).toString("base64")] } });
  await open();
  await useAgent();
  authority.verify(await received(), content);
  const [{ module, method, args }] = agent.requests;
  assert.deepEqual([module, method, args.format, args.locale], ["kz.gov.pki.knca.basics", "sign", "cms", "kk"]);
  assert.deepEqual(args.signingParams, { decode: true, encapsulate: false, digested: false });
  assert.deepEqual(args.signerParams, { extKeyUsageOids: ["1.3.6.1.5.5.7.3.4"], iin: IIN });
  assert.deepEqual(tab.complaints, []);
});

test("the agent's answer may be a single text with borders and line breaks", async () => {
  agent.answer = () => {
    const lines = authority.sign(person.name, content).toString("base64").replace(/.{64}/g, "$&\r\n");
    return { status: true, body: { result: `-----BEGIN CMS-----\r\n${lines}\r\n-----END CMS-----\r\n` } };
  };
  await open({ "data-test-chain": "" });
  await useAgent();
  authority.verify(await received(), content);
  assert.deepEqual(agent.requests[0].args.signerParams.chain, []);
});

test("each failure of the agent has its own words", async () => {
  const stranger = authority.keyFile({ iin: OTHER_IIN });
  const authentication = authority.keyFile({ auth: true });
  const signedBy = (/** @type {string} */ name) => ({ status: true, body: { result: [authority.sign(name, content).toString("base64")] } });
  for (const [code, answer] of /** @type {[string, unknown][]} */ ([
    ["cancelled", { status: true, body: {} }],
    ["cancelled", { code: "500", message: "action.canceled" }],
    ["agent-error", { status: false, code: "KEYSTORE", message: "қате", details: "…" }],
    ["agent-error", { status: true, body: { result: [42] } }],
    ["agent-error", { status: true, body: { result: ["%%%"] } }],
    ["agent-error", { status: true, body: { result: ["aGVsbG8="] } }],
    ["agent-error", "not json"],
    ["agent-error", "drop"],
    ["other-person", signedBy(stranger.name)],
    ["wrong-purpose", signedBy(authentication.name)],
  ])) {
    agent.answer = () => answer;
    await open();
    await useAgent();
    await showsFailure(code);
  }
});

test("an agent that is not running is said to be so", async () => {
  await open({ "data-ncalayer": "wss://127.0.0.1:1" });
  await useAgent();
  await showsFailure("agent-not-running");
});

test("a refused permission is told apart from an absent agent", async () => {
  // The browser's own answer is replaced, since headless Chromium grants what nobody can be asked for.
  await tab.page.addInitScript(() => {
    navigator.permissions.query = async () => /** @type {any} */ ({ state: "denied" });
  });
  await open();
  await useAgent();
  await showsFailure("permission-refused");
  assert.equal(agent.requests.length, 0);
});

test("without scripts the plain way is all there is, and it works", async () => {
  await open();
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await plain.page.goto(`${site.address}/sign`);
  assert.ok(await plain.page.getByText("Құжатты жүктеп алу").isVisible());
  await plain.page.locator("input[name=signature]").setInputFiles({ name: "q.cms", mimeType: "application/octet-stream", buffer: Buffer.from("CMS") });
  await plain.page.getByRole("button", { name: "Жіберу" }).click();
  await plain.page.waitForURL("**/signed");
  assert.match(site.posts[0].body, /name="signature"; filename="q.cms"/);
  await plain.close();
});
