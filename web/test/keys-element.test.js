// <qz-keys> and <qz-install> in a real browser under the portal's policy: what the person sees, and that no key leaves the page.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openPending } from "../elements/keys/pending.js";
import { openBrowser, openPage } from "./support/browser.js";
import { Authority } from "./support/openssl.js";
import { Site } from "./support/site.js";
import { elementWords } from "./support/words.js";

const PASSWORD = "Tulpar-zhol-2026";
const words = { keys: elementWords("qz-keys", "kk"), install: elementWords("qz-install", "kk") };
const PROFILES = [{ profile: "sign", name: "Қол қою кілті" }, { profile: "auth", name: "Кіру кілті" }];
const authority = new Authority();

/** @type {Site} */ let site;
/** @type {import("playwright-core").Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof openPage>>} */ let tab;
/** Everything that left the page: addresses, headers and bodies. @type {string[]} */ let sent;

before(async () => {
  site = await new Site().start();
  browser = await openBrowser();
  site.page("/next", "<main><h1>Дайын</h1></main>");
});
after(async () => {
  await browser.close();
  site.stop();
});
beforeEach(async () => {
  site.posts.length = 0;
  sent = [];
  tab = await openPage(browser, { acceptDownloads: true });
  tab.page.on("request", (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`));
});
afterEach(() => tab.close());

/** @param {unknown} value */
const attribute = (value) => (typeof value === "string" ? value : JSON.stringify(value)).replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** @param {string} [value] @param {import("playwright-core").Page} [page] */
async function openForm(value = "", page = tab.page) {
  site.page("/form", `<main><form method="post" action="/next"><qz-keys data-profiles="${attribute(PROFILES)}" data-words="${attribute(words.keys)}">
    <input type="hidden" name="keys" value="${attribute(value)}"><p id="plain">JavaScript қажет</p></qz-keys><button>Жалғастыру</button></form></main>`);
  await page.goto(`${site.address}/form`);
}

/** @param {string} password @param {string} [again] */
async function makeKeys(password, again = password) {
  await tab.page.getByLabel(words.keys["password-label"]).fill(password);
  await tab.page.getByLabel(words.keys["again-label"]).fill(again);
  await tab.page.getByRole("button", { name: words.keys.make }).click();
}

/** @param {string} name of the link @returns {Promise<string>} where the saved file is */
async function save(name) {
  const [download] = await Promise.all([tab.page.waitForEvent("download"), tab.page.getByRole("button", { name }).click()]);
  const path = authority.path(download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** @param {string} element @param {string} code @param {Record<string, string>} said */
async function showsFailure(element, code, said) {
  await tab.page.waitForSelector(`${element}[data-failure="${code}"]`);
  const alert = tab.page.getByRole("alert");
  assert.equal(await alert.innerText(), said[`error-${code}`]);
  assert.ok(await alert.evaluate((box) => box === document.activeElement), "the failure has the focus");
}

/** Makes keys, saves them and sends the form. @returns {Promise<{pending: string, requests: {profile: string, request: string}[]}>} */
async function wholeForm() {
  await openForm();
  await makeKeys(PASSWORD);
  const pending = await save(words.keys.save);
  await tab.page.waitForSelector("qz-keys[data-made]");
  await tab.page.getByRole("button", { name: "Жалғастыру" }).click();
  await tab.page.waitForURL("**/next");
  return { pending, requests: JSON.parse(new URLSearchParams(site.posts[0].body).get("keys") ?? "") };
}

/** [R839-6.P11] */
test("keys are made, saved and asked to be certified, and nothing of them leaves the page", async () => {
  const { pending, requests } = await wholeForm();
  assert.deepEqual(requests.map(({ profile }) => profile), ["sign", "auth"]);
  const text = readFileSync(pending, "utf8");
  const keys = await openPending(text, PASSWORD);
  assert.equal(keys.length, 2);
  const traffic = sent.join("\n");
  assert.ok(!traffic.includes("Tulpar"), "the password");
  assert.ok(!traffic.includes("PRIVATE"), "the file of keys");
  for (const key of keys) {
    // The secret number itself, in every form in which a script could write it.
    const secret = Buffer.from(key).subarray(36, 68);
    for (const form of [secret.toString("hex"), secret.toString("base64").slice(1, 40), secret.toString("latin1"), Buffer.from(key).toString("base64").slice(48, 80)]) {
      assert.ok(!traffic.toLowerCase().includes(form.toLowerCase()), "a private key");
    }
  }
  assert.deepEqual(tab.complaints, []);
});

test("the form has no answer until the keys are saved, and does not go on without them", async () => {
  await openForm();
  await makeKeys(PASSWORD);
  await tab.page.getByRole("button", { name: words.keys.save }).waitFor();
  assert.equal(await tab.page.locator("input[name=keys]").inputValue(), "");
  await tab.page.getByRole("button", { name: "Жалғастыру" }).click();
  await showsFailure("qz-keys", "not-saved", words.keys);
  assert.deepEqual(site.posts, []);
  await save(words.keys.save);
  assert.equal(JSON.parse(await tab.page.locator("input[name=keys]").inputValue()).length, 2);
});

/** [R839-6.P11] */
test("weak and different passwords are refused in words, and no key is made", async () => {
  await openForm();
  for (const [code, password, again] of /** @type {const} */ ([["no-password", "", ""], ["weak-short", "Tulpar-1", "Tulpar-1"], ["weak-letters", "Тұлпар-жолы-2026", "Тұлпар-жолы-2026"],
    ["weak-mixed", "tulparzholymen", "tulparzholymen"], ["weak-guess", "Password2026", "Password2026"], ["passwords-differ", PASSWORD, "Tulpar-zhol-2027"]])) {
    await makeKeys(password, again);
    await showsFailure("qz-keys", code, words.keys);
  }
  assert.equal(await tab.page.locator("input[name=keys]").inputValue(), "");
  assert.deepEqual(site.posts, []);
});

test("keys that were made before are remembered, and can be made anew", async () => {
  await openForm('[{"profile":"sign","request":"MAA="}]');
  await tab.page.getByText(words.keys.known).waitFor();
  await tab.page.getByRole("button", { name: words.keys.anew }).click();
  assert.equal(await tab.page.locator("input[name=keys]").inputValue(), "");
  await makeKeys(PASSWORD);
  await save(words.keys.save);
  assert.match(await tab.page.locator("input[name=keys]").inputValue(), /"auth"/);
});

test("without scripts the page says what is needed, and keeps an answer that it has", async () => {
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await openForm('[{"profile":"sign"}]', plain.page);
  assert.ok(await plain.page.locator("#plain").isVisible());
  await plain.page.getByRole("button", { name: "Жалғастыру" }).click();
  assert.equal(new URLSearchParams(site.posts[0].body).get("keys"), '[{"profile":"sign"}]');
  await plain.close();
});

/** @param {{profile: string, request: string}[]} requests */
async function openInstall(requests) {
  const certificates = requests.map(({ profile, request }) => ({ profile, name: PROFILES.find((one) => one.profile === profile)?.name,
    certificate: authority.certify(Buffer.from(request, "base64"), { auth: profile === "auth" }).toString("base64") }));
  const chain = authority.chain().map((der) => der.toString("base64"));
  site.page("/install", `<main><qz-install data-certificates="${attribute(certificates)}" data-chain="${attribute(chain)}" data-words="${attribute(words.install)}"></qz-install></main>`);
  await tab.page.goto(`${site.address}/install`);
}

/** @param {string} file @param {string} password */
async function join(file, password) {
  if (file) await tab.page.getByLabel(words.install["file-label"]).setInputFiles(file);
  await tab.page.getByLabel(words.install["password-label"]).fill(password);
  await tab.page.getByRole("button", { name: words.install.join }).click();
}

/** [R839-6.P11] */
test("the file of keys and the certificates become key files that OpenSSL opens, and no key leaves the page", async () => {
  const { pending, requests } = await wholeForm();
  sent.length = 0;
  await openInstall(requests);
  await join(pending, PASSWORD);
  for (const { name } of PROFILES) {
    const path = await save(words.install.save.replace("{name}", name));
    const text = authority.run("pkcs12", "-in", path, "-passin", `pass:${PASSWORD}`, "-nodes").toString();
    assert.equal(text.match(/BEGIN CERTIFICATE/g)?.length, 3);
    assert.equal(text.match(/BEGIN PRIVATE KEY/g)?.length, 1);
  }
  assert.ok(!sent.join("\n").includes("Tulpar"));
  assert.deepEqual(site.posts.map(({ path }) => path), ["/next"], "only the form was ever sent");
  assert.deepEqual(tab.complaints, []);
});

test("each failure of installing has its words, and the next attempt works", async () => {
  const { pending, requests } = await wholeForm();
  const other = await wholeForm();
  writeFileSync(authority.path("film.pem"), Buffer.alloc(200_000));
  await openInstall(requests);
  for (const [code, file, password] of /** @type {const} */ ([["no-file", "", PASSWORD], ["no-password", pending, ""], ["wrong-password", pending, "Tulpar-zhol-2027"],
    ["bad-file", authority.path("issuer.key"), PASSWORD], ["bad-file", authority.path("film.pem"), PASSWORD], ["other-keys", other.pending, PASSWORD]])) {
    await join(file, password);
    await showsFailure("qz-install", code, words.install);
    await tab.page.evaluate(() => document.querySelector("qz-install")?.removeAttribute("data-failure"));
  }
  await join(pending, PASSWORD);
  await tab.page.waitForSelector("qz-install[data-joined]");
});
