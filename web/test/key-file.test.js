// Key files made by OpenSSL, signatures verified by OpenSSL: the cryptography without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SignFailure } from "../elements/failure.js";
import { signWithKeyFile } from "../elements/key-file/index.js";
import { openKeyFile } from "../elements/key-file/pkcs12.js";
import { Authority, IIN, OTHER_IIN, PASSWORD } from "./support/openssl.js";

const DAY = 86_400_000;
const authority = new Authority();
const content = new TextEncoder().encode('{"абоненттік нөмір":"+77010000000"}');
const person = authority.keyFile();

/** @param {Partial<Parameters<typeof signWithKeyFile>[0]>} [change] */
const sign = (change = {}) =>
  signWithKeyFile({ file: person.file, password: PASSWORD, content, demand: { purpose: "sign", iin: IIN }, now: new Date(), ...change });

/** @param {Promise<unknown>} attempt @param {string} code */
const failsWith = (attempt, code) =>
  assert.rejects(attempt, (thrown) => {
    assert.ok(thrown instanceof SignFailure, String(thrown));
    assert.equal(thrown.code, code);
    return true;
  });

for (const kind of /** @type {const} */ (["ec", "ec384", "rsa"])) {
  test(`OpenSSL accepts a detached CAdES signature by a key of kind ${kind}`, async () => {
    const { file } = authority.keyFile({ kind });
    authority.verify(await sign({ file }), content);
  });
}

test("a hundred signatures verify, whatever the leading bits of r and s", async () => {
  for (let round = 0; round < 100; round += 1) authority.verify(await sign(), content);
});

test("an altered document is rejected", async () => {
  const cms = await sign();
  const altered = content.slice();
  altered[3] ^= 1;
  assert.throws(() => authority.verify(cms, altered), /[Vv]erification failure|digest/);
});

test("an empty document can be signed", async () => {
  const cms = await sign({ content: new Uint8Array(0) });
  authority.verify(cms, new Uint8Array(0));
});

test("the whole chain travels with the signature", async () => {
  const cms = Buffer.from(await sign());
  for (const name of ["issuer.pem", "root.pem"]) {
    const der = Buffer.from(authority.read(name).replace(/-----[^-]+-----|\s/g, ""), "base64");
    assert.ok(cms.includes(der), name);
  }
});

test("another password is recognised", () => failsWith(sign({ password: "Qupia-soz-13" }), "wrong-password"));

test("another password is recognised without an integrity code too", async () => {
  const { file } = authority.keyFile({ exportOptions: ["-nomac"] });
  await failsWith(sign({ file, password: "Qupia-soz-13" }), "wrong-password");
  authority.verify(await sign({ file }), content);
});

test("stronger settings of OpenSSL are opened", async () => {
  for (const exportOptions of [["-macalg", "sha512"], ["-iter", "20000"], ["-certpbe", "AES-128-CBC", "-keypbe", "AES-256-CBC"], ["-certpbe", "NONE"]]) {
    const { file } = authority.keyFile({ exportOptions });
    authority.verify(await sign({ file }), content);
  }
});

test("a container of the old kind is named as such", async () => {
  const { file } = authority.keyFile({ exportOptions: ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha256"] });
  await failsWith(sign({ file }), "unsupported-file");
  await failsWith(sign({ file: authority.keyFile({ exportOptions: ["-macalg", "sha1"] }).file }), "unsupported-file");
  await failsWith(sign({ file: Uint8Array.from([0x30, 0x80, 0x02, 0x01, 0x03]) }), "unsupported-file");
});

test("a truncated file is a bad file at every length", async () => {
  for (let length = 0; length < person.file.length; length += 37) await failsWith(sign({ file: person.file.subarray(0, length) }), "bad-file");
});

test("a file with one damaged byte gives a typed failure or a signature that verifies", async () => {
  for (let place = 0; place < person.file.length; place += 41) {
    const file = Buffer.from(person.file);
    file[place] ^= 0x15;
    const cms = await sign({ file }).catch((thrown) => assert.ok(thrown instanceof SignFailure, `byte ${place}: ${thrown}`));
    if (cms) authority.verify(cms, content);
  }
});

test("an absurd number of rounds is refused at once", async () => {
  const file = Buffer.from(authority.keyFile({ exportOptions: ["-iter", "65537"] }).file);
  const rounds = file.lastIndexOf(Buffer.from("0203010001", "hex"));
  file.write("02037fffff", rounds, "hex");
  await failsWith(sign({ file }), "unsupported-file");
});

test("a certificate for authentication does not sign, but signs in", async () => {
  const { file } = authority.keyFile({ auth: true });
  await failsWith(sign({ file }), "wrong-purpose");
  authority.verify(await sign({ file, demand: { purpose: "sign-in", iin: IIN } }), content);
  authority.verify(await sign({ demand: { purpose: "sign-in", iin: null } }), content);
});

test("a certificate of another day does not sign", async () => {
  await failsWith(sign({ now: new Date(Date.now() + 31 * DAY) }), "expired");
  await failsWith(sign({ now: new Date(Date.now() - 2 * DAY) }), "not-yet-valid");
  await failsWith(sign({ file: authority.keyFile({ valid: [-9 * DAY, -DAY] }).file }), "expired");
});

test("the key of another person does not sign", async () => {
  await failsWith(sign({ demand: { purpose: "sign", iin: OTHER_IIN } }), "other-person");
  authority.verify(await sign({ demand: { purpose: "sign", iin: null } }), content);
});

test("a file without a key is a bad file", async () => {
  authority.run("pkcs12", "-export", "-nokeys", "-in", `${person.name}.pem`, "-out", "nokey.p12", "-passout", `pass:${PASSWORD}`);
  const { readFileSync } = await import("node:fs");
  const file = readFileSync(authority.path("nokey.p12"));
  assert.equal((await openKeyFile(file, PASSWORD)).keys.length, 0);
  await failsWith(sign({ file }), "bad-file");
});
