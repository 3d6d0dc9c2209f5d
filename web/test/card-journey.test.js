// <qz-card> with the real card agent and a card of SoftHSM2: from a blank card to certificates on it. Left out where the product is not built or the tools are missing.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "./support/browser.js";
import { Authority } from "./support/openssl.js";
import { Site } from "./support/site.js";
import { elementWords } from "./support/words.js";

const BINARY = process.env.QYZMET_BINARY ?? new URL("../../target/debug/qyzmet", import.meta.url).pathname;
const LIBRARY = "/usr/lib/softhsm/libsofthsm2.so";
const PIN = "271828";
const words = elementWords("qz-card", "kk");
const skip = existsSync(BINARY) && existsSync(LIBRARY) && existsSync("/usr/bin/pkcs11-tool") ? false : "no built product, no SoftHSM2 or no OpenSC";

const folder = mkdtempSync(join(tmpdir(), "qyzmet-card-"));
const env = { ...process.env, SOFTHSM2_CONF: join(folder, "softhsm2.conf") };
/** @param {string} tool @param {...string} args */
const run = (tool, ...args) => execFileSync(tool, args, { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });

/** @type {Site} */ let site;
/** @type {import("node:child_process").ChildProcess} */ let agent;
/** @type {string} */ let address;
/** @type {number} */ let keyboard;
let log = "";

before(async () => {
  site = await new Site().start();
  site.page("/next", "<main><h1>Дайын</h1></main>");
  if (skip) return;
  mkdirSync(join(folder, "tokens"));
  writeFileSync(env.SOFTHSM2_CONF, `directories.tokendir = ${join(folder, "tokens")}\n`);
  run("softhsm2-util", "--init-token", "--free", "--label", "id-card", "--so-pin", "31415926", "--pin", PIN);
  run("mkfifo", "keyboard");
  keyboard = openSync(join(folder, "keyboard"), "r+");
  agent = spawn(BINARY, ["card", "--module", LIBRARY, "--listen", "127.0.0.1:0", "--origin", site.address, "--pin-from", "keyboard"], { env, cwd: folder });
  agent.stderr?.on("data", (text) => (log += text));
  address = await new Promise((resolve) => agent.stdout?.once("data", (line) => resolve(String(line).trim().replace(/^.*http/, "http"))));
  site.agent = address;
});
after(() => {
  agent?.kill();
  site.stop();
  rmSync(folder, { recursive: true });
});

/** @param {unknown} value */
const attribute = (value) => JSON.stringify(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/**
 * Opens a page with the element, presses its button while the recipient types, and sends the form.
 * @param {import("playwright-core").Page} page @param {{mode: string, field: string, press: string}} how @param {unknown} wanted
 */
async function work(page, { mode, field, press }, wanted) {
  site.posts.length = 0;
  site.page("/form", `<main><form method="post" action="/next"><qz-card data-agent="${address}" data-${mode}="${attribute(wanted)}" data-words="${attribute(words)}">
    <input type="hidden" name="${field}" value=""></qz-card><button>Жалғастыру</button></form></main>`);
  await page.goto(`${site.address}/form`);
  writeSync(keyboard, `${PIN}\n`);
  await page.getByRole("button", { name: press }).click();
  await page.waitForSelector("qz-card[data-done]");
  await page.getByRole("button", { name: "Жалғастыру" }).click();
  await page.waitForURL("**/next");
  return JSON.parse(new URLSearchParams(site.posts[0].body).get(field) ?? "");
}

/** [R839-9.P1] [R839-9.P6] [R839-9.P10] */
test("a page has keys made on a card and certificates written onto it, and never meets the PIN", { skip }, async () => {
  const browser = await openBrowser();
  const tab = await openPage(browser);
  /** @type {string[]} */ const sent = [];
  tab.page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  const authority = new Authority();

  const profiles = [{ profile: "sign", name: "Қол қою кілті" }, { profile: "auth", name: "Кіру кілті" }];
  const requests = await work(tab.page, { mode: "profiles", field: "keys", press: words.make }, profiles);
  const certificates = requests.map((/** @type {any} */ { profile, request }) => ({
    profile, name: profile, certificate: authority.certify(Buffer.from(request, "base64"), { auth: profile === "auth" }).toString("base64") }));
  const kept = await work(tab.page, { mode: "write", field: "certificates", press: words.write }, certificates);

  assert.deepEqual(kept, certificates.map((/** @type {any} */ { profile, certificate }) => ({ profile, certificate })));
  for (const { profile, certificate } of kept) {
    run("pkcs11-tool", "--module", LIBRARY, "--read-object", "--type", "cert", "--label", profile, "-o", "read.der");
    assert.equal(readFileSync(join(folder, "read.der")).toString("base64"), certificate);
  }
  assert.ok(!sent.join().includes(PIN) && !log.includes(PIN), "the PIN was told to somebody");
  assert.match(log, /keys were made on a card/);
  assert.deepEqual(tab.complaints, []);
  await browser.close();
});
