// Keys made, kept and installed without a browser: what comes out is read by OpenSSL and by the code that signs with key files.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { SignFailure } from "../elements/failure.js";
import { keyFiles } from "../elements/install/identities.js";
import { signWithKeyFile } from "../elements/key-file/index.js";
import { weakness } from "../elements/keys/password.js";
import { openPending, pendingFile } from "../elements/keys/pending.js";
import { fingerprint, newPair, requestFor } from "../elements/keys/request.js";
import { Authority, IIN } from "./support/openssl.js";

const PASSWORD = "Tulpar-zhol-2026";
const authority = new Authority();
const content = new TextEncoder().encode('{"нөмір":"1002-6112-1000-0042"}');

/** @param {boolean[]} uses whether each certificate is for authentication */
async function order(uses) {
  const pairs = [];
  const certificates = [];
  for (const auth of uses) {
    const pair = await newPair();
    pairs.push(pair.privateKey);
    const profile = auth ? "auth" : "sign";
    certificates.push({ profile, name: `Кілт ${profile}`, certificate: authority.certify(await requestFor(pair), { auth }) });
  }
  return { pending: await pendingFile(pairs, PASSWORD), issued: { certificates, chain: authority.chain() } };
}

/** @param {Promise<unknown>} attempt @param {string} code */
const failsWith = (attempt, code) => assert.rejects(attempt, (thrown) => thrown instanceof SignFailure && thrown.code === code);

/** What OpenSSL says of the proof of possession; its exit code says nothing. @param {string} name */
const verified = (name) => spawnSync("openssl", ["req", "-inform", "DER", "-in", authority.path(name), "-verify", "-noout"]).stderr.toString();

/** [R839-6.P1] */
test("OpenSSL finds the proof of possession in a request and nothing about its person", async () => {
  for (let round = 0; round < 20; round += 1) {
    const request = await requestFor(await newPair());
    writeFileSync(authority.path("request.der"), request);
    assert.match(verified("request.der"), /verify OK/);
    const text = authority.run("req", "-inform", "DER", "-in", "request.der", "-noout", "-text").toString();
    assert.match(text, /Subject:\s*\n/);
    assert.match(text, /ASN1 OID: prime256v1/);
    assert.match(text, /Attributes:\s*(\(none\))?\s*\n/);
  }
});

test("a request whose key was exchanged proves nothing", async () => {
  const [mine, other] = [await requestFor(await newPair()), await newPair()];
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", other.publicKey));
  const at = Buffer.from(mine).indexOf(Buffer.from(spki.subarray(0, 27)));
  const forged = mine.slice();
  forged.set(spki, at);
  writeFileSync(authority.path("forged.der"), forged);
  assert.doesNotMatch(verified("forged.der"), /verify OK/);
});

test("a fingerprint is four groups of the digest, as the portal writes it", async () => {
  assert.equal(await fingerprint(new Uint8Array(0)), "e3b0 c442 98fc 1c14");
});

/** [R839-6.P11] */
test("OpenSSL opens the file of keys with its password only, and finds PBES2 with AES-256", async () => {
  const { pending } = await order([false]);
  writeFileSync(authority.path("pending.pem"), pending);
  const open = (/** @type {string} */ password) => authority.run("pkey", "-in", "pending.pem", "-passin", `pass:${password}`, "-noout", "-text").toString();
  assert.match(open(PASSWORD), /Private-Key: \(256 bit\)/);
  assert.throws(() => open("Tulpar-zhol-2027"));
  const scheme = authority.run("asn1parse", "-in", "pending.pem").toString();
  for (const part of ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", "INTEGER           :0927C0"]) assert.ok(scheme.includes(part), `${part} in ${scheme}`);
});

/** [R839-6.P11] */
test("each certificate finds its key, whatever the order, and OpenSSL opens the key file with the whole chain", async () => {
  const { pending, issued } = await order([false, true]);
  issued.certificates.reverse();
  const files = await keyFiles(pending, PASSWORD, issued);
  assert.deepEqual(files.map(({ profile }) => profile), ["auth", "sign"]);
  for (const { file, name } of files) {
    writeFileSync(authority.path("made.p12"), file);
    const read = (/** @type {string[]} */ ...how) => authority.run("pkcs12", "-in", "made.p12", "-passin", `pass:${PASSWORD}`, ...how).toString();
    assert.equal(read("-nokeys").match(/BEGIN CERTIFICATE/g)?.length, 3);
    const certificate = authority.run("x509", "-noout", "-pubkey", "-in", writePem(read("-nokeys", "-clcerts"))).toString();
    assert.equal(authority.run("pkey", "-pubout", "-in", writePem(read("-nocerts", "-nodes"))).toString(), certificate);
    assert.ok(Buffer.from(read("-nocerts", "-nodes"), "utf8").toString().includes("localKeyID"), name);
  }
});

test("the scheme of a key file is AES-256 and SHA-256 throughout", async () => {
  const { pending, issued } = await order([false]);
  const [{ file }] = await keyFiles(pending, PASSWORD, issued);
  writeFileSync(authority.path("scheme.p12"), file);
  const how = ["pkcs12", "-in", authority.path("scheme.p12"), "-passin", `pass:${PASSWORD}`, "-info", "-noout"];
  const info = spawnSync("openssl", how).stderr.toString();
  assert.match(info, /MAC: sha256, Iteration 200000/);
  assert.equal(info.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 200000, PRF hmacWithSHA256/g)?.length, 2, info);
});

/** [R839-6.P11] */
test("the portal's own signing takes the key file, and OpenSSL takes the signature", async () => {
  const { pending, issued } = await order([false, true]);
  const files = await keyFiles(pending, PASSWORD, issued);
  const sign = (/** @type {Uint8Array} */ file) => signWithKeyFile({ file, password: PASSWORD, content, demand: { purpose: "sign", iin: IIN }, now: new Date() });
  authority.verify(await sign(files[0].file), content);
  await failsWith(sign(files[1].file), "wrong-purpose");
});

test("keys of another order, another password and other files are told apart", async () => {
  const [mine, other] = [await order([false]), await order([false])];
  await failsWith(keyFiles(other.pending, PASSWORD, mine.issued), "other-keys");
  await failsWith(keyFiles(mine.pending, "Tulpar-zhol-2027", mine.issued), "wrong-password");
  await failsWith(keyFiles("", PASSWORD, mine.issued), "bad-file");
  await failsWith(keyFiles(authority.read("issuer.key"), PASSWORD, mine.issued), "bad-file");
  await failsWith(keyFiles(mine.pending.replace(/M/, "!"), PASSWORD, mine.issued), "bad-file");
  await failsWith(keyFiles(mine.pending.repeat(5), PASSWORD, mine.issued), "bad-file");
  await failsWith(keyFiles(mine.pending, PASSWORD, { certificates: [{ profile: "sign", name: "x", certificate: Buffer.from("3000", "hex") }], chain: [] }), "failed");
});

test("a damaged file of keys fails with a code, or opens when only its text around was damaged", async () => {
  const { pending, issued } = await order([false]);
  for (let place = 30; place < pending.length - 30; place += 23) {
    const damaged = pending.slice(0, place) + (pending[place] === "A" ? "B" : "A") + pending.slice(place + 1);
    await keyFiles(damaged, PASSWORD, issued).catch((thrown) => assert.ok(thrown instanceof SignFailure, `${place}: ${thrown}`));
  }
});

test("an old key file of OpenSSL opens as a file of keys too", async () => {
  const person = authority.keyFile();
  authority.run("pkcs8", "-topk8", "-in", `${person.name}.key`, "-out", "other.pem", "-v2", "aes256", "-passout", `pass:${PASSWORD}`);
  assert.equal((await openPending(authority.read("other.pem"), PASSWORD)).length, 1);
});

/** [R839-6.P11] */
test("a password that is guessed first is refused, and why is told", () => {
  for (const [password, why] of /** @type {const} */ ([
    ["", "no-password"],
    ["Тұлпар-жол-2026", "weak-letters"],
    ["two words 2026", "weak-letters"],
    ["Tulpar-2026", "weak-short"],
    ["tulparzholymen", "weak-mixed"],
    ["839120574638", "weak-mixed"],
    ["aaaaaaaaaaa1", "weak-guess"],
    ["abcdefgh12345", "weak-guess"],
    ["Password2026", "weak-guess"],
    ["Qwerty123456!", "weak-guess"],
    ["a1b2a1b2a1b2", "weak-guess"],
  ])) assert.equal(weakness(password), why, password);
  for (const good of [PASSWORD, "k7#Wd92!hQz4", "saiga5bulaq7tau"]) assert.equal(weakness(good), null, good);
});

/** @param {string} text @returns {string} name of a file in the authority's folder */
function writePem(text) {
  writeFileSync(authority.path("part.pem"), text);
  return "part.pem";
}
