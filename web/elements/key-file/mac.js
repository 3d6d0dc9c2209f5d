// Integrity of a key file: HMAC under a key that RFC 7292, appendix B, derives from the password. This is how a wrong password is recognised.
import { at } from "../der/read.js";
import { NULL, concat, count, octets, oid, sequence } from "../der/write.js";
import { OID } from "../der/oids.js";
import { SignFailure } from "../failure.js";
import { boundedIterations, own } from "./pbes2.js";

/** Digest and the block length of its compression function in bytes. @type {Record<string, {hash: string, block: number}>} */
const DIGESTS = {
  [OID.sha256]: { hash: "SHA-256", block: 64 },
  [OID.sha384]: { hash: "SHA-384", block: 128 },
  [OID.sha512]: { hash: "SHA-512", block: 128 },
};
/** "ID" byte that makes the derived bytes an integrity key. */
const FOR_INTEGRITY = 3;
/** Measured: short digests are answered before the page may draw, so the page gets its turn every 15 milliseconds or so. */
const ROUNDS_WITHOUT_PAUSE = 4000;

/**
 * @param {import("../der/read.js").Node} macData
 * @param {Uint8Array} content what is protected
 * @param {string} password
 * @throws {SignFailure} `wrong-password` when it does not match, which a damaged file also causes
 */
export async function checkMac(macData, content, password) {
  const [digestInfo, salt, count] = macData.sequence();
  const [algorithm, expected] = at([digestInfo], 0).sequence();
  const digest = DIGESTS[at(algorithm.sequence(), 0).oid()];
  if (!digest) throw new SignFailure("unsupported-file", "integrity algorithm");
  const iterations = count ? boundedIterations(count) : 1;
  const bytes = await deriveKey(digest, password, at([salt], 0).octets(), iterations);
  const key = await crypto.subtle.importKey("raw", own(bytes), { name: "HMAC", hash: digest.hash }, false, ["verify"]);
  const same = await crypto.subtle.verify("HMAC", key, own(at([expected], 0).octets()), own(content));
  if (!same) throw new SignFailure("wrong-password");
}

/**
 * The MacData of a key file: HMAC with SHA-256 over its content.
 * @param {Uint8Array} content @param {string} password @param {number} iterations
 * @returns {Promise<Uint8Array>}
 */
export async function makeMac(content, password, iterations) {
  const digest = DIGESTS[OID.sha256];
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const bytes = await deriveKey(digest, password, salt, iterations);
  const key = await crypto.subtle.importKey("raw", own(bytes), { name: "HMAC", hash: digest.hash }, false, ["sign"]);
  const value = new Uint8Array(await crypto.subtle.sign("HMAC", key, own(content)));
  return sequence(sequence(sequence(oid(OID.sha256), NULL), octets(value)), octets(salt), count(iterations));
}

/**
 * One output block is enough: the key of an HMAC is as long as its digest. The chain runs in the page, in short pieces, because a
 * Worker needs a script address, which `trusted-types 'none'` refuses.
 * @param {{hash: string, block: number}} digest
 * @param {string} password
 * @param {Uint8Array} salt
 * @param {number} iterations
 */
async function deriveKey({ hash, block }, password, salt, iterations) {
  const start = concat(new Uint8Array(block).fill(FOR_INTEGRITY), fillBlocks(salt, block), fillBlocks(bmpString(password), block));
  let bytes = await crypto.subtle.digest(hash, own(start));
  for (let round = 1; round < iterations; round += 1) {
    bytes = await crypto.subtle.digest(hash, bytes);
    if (round % ROUNDS_WITHOUT_PAUSE === 0) await new Promise((resume) => setTimeout(resume));
  }
  return new Uint8Array(bytes);
}

/** Repeats the bytes up to a whole number of blocks. @param {Uint8Array} bytes @param {number} block */
function fillBlocks(bytes, block) {
  const filled = new Uint8Array(Math.ceil(bytes.length / block) * block);
  return filled.map((_, index) => bytes[index % bytes.length]);
}

/** Two bytes per unit, big-endian, with a zero at the end. @param {string} text */
function bmpString(text) {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return Uint8Array.from([...units, 0].flatMap((unit) => [unit >> 8, unit & 0xff]));
}
