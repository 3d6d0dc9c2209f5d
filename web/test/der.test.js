// The reader of DER meets bytes of strangers: it must end quickly and fail with its own error only.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DerError, readOne } from "../elements/der/read.js";
import { context, encode, integer, octets, oid, sequence, setOf, time, unsigned } from "../elements/der/write.js";
import { readCertificate } from "../elements/key-file/certificate.js";
import { signerCertificate } from "../elements/agent/signer.js";

/** @param {string} text */
const hex = (text) => Uint8Array.from(Buffer.from(text, "hex"));

/** Repeatable bytes (mulberry32). @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {import("../elements/der/read.js").Node} node @returns {number} how many elements there are */
function walk(node) {
  return 1 + ((node.tag & 0x20) === 0 ? 0 : node.children().reduce((sum, child) => sum + walk(child), 0));
}

for (const [what, bytes] of Object.entries({
  "no bytes": "",
  "a tag alone": "30",
  "a length beyond the end": "300501",
  "an indefinite length": "30800000",
  "a length of five bytes": "308500000000010000",
  "a length that is not minimal": "30810100",
  "a length of four gigabytes": "3084ffffffff00",
  "a long tag": "1f8101020000",
  "something after the end": "020101020101",
})) {
  test(`${what} is refused`, () => {
    assert.throws(() => readOne(hex(bytes)), DerError);
  });
}

test("a tower of tags is refused before it can exhaust the stack", () => {
  /** @type {Uint8Array} */
  let tower = new Uint8Array(0);
  for (let level = 0; level < 5000; level += 1) tower = encode(0x30, tower);
  assert.throws(() => walk(readOne(tower)), DerError);
});

test("numbers and identifiers out of range are refused", () => {
  assert.throws(() => readOne(hex("02050100000000")).integer(), DerError);
  assert.throws(() => readOne(hex("0201ff")).integer(), DerError);
  assert.throws(() => readOne(hex("0600")).oid(), DerError);
  assert.throws(() => readOne(hex("060188")).oid(), DerError);
  assert.throws(() => readOne(hex(`060a${"ff".repeat(9)}7f`)).oid(), DerError);
});

test("what the writer writes the reader reads", () => {
  const node = readOne(sequence(integer(3), oid("1.2.398.3.3.4.1.1"), octets(new Uint8Array(300)), context(0, integer(1))));
  const [number, name, bytes, tagged] = node.sequence();
  assert.equal(number.integer(), 3);
  assert.equal(name.oid(), "1.2.398.3.3.4.1.1");
  assert.equal(bytes.octets().length, 300);
  assert.ok(tagged.isContext(0));
});

test("numbers, sets and times have their one encoding", () => {
  assert.deepEqual(unsigned(hex("0000ff")), hex("020200ff"));
  assert.deepEqual(unsigned(hex("0000")), hex("020100"));
  assert.deepEqual(setOf(integer(2), integer(1)), hex("3106020101020102"));
  assert.equal(Buffer.from(time(new Date("2026-11-21T22:00:00Z")).subarray(2)).toString(), "261121220000Z");
  assert.equal(Buffer.from(time(new Date("2050-01-01T00:00:00Z")).subarray(2)).toString(), "20500101000000Z");
});

test("random bytes and damaged structures end in a DER error or in a value, never in anything else", () => {
  const next = random(20261121);
  const good = sequence(sequence(integer(1), oid("1.2.3"), setOf(octets(new Uint8Array(40)))), context(0, sequence(integer(5))));
  for (let round = 0; round < 20_000; round += 1) {
    const bytes = round % 2 ? good.slice() : Uint8Array.from({ length: Math.floor(next() * 60) }, () => Math.floor(next() * 256));
    if (round % 2) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
    for (const read of [(/** @type {Uint8Array} */ b) => walk(readOne(b)), readCertificate, signerCertificate]) {
      try {
        read(bytes);
      } catch (thrown) {
        assert.ok(thrown instanceof DerError, `${Buffer.from(bytes).toString("hex")}: ${thrown}`);
      }
    }
  }
});
