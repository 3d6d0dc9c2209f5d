// Password-based decryption of PKCS#5 v2, as modern key files use it. The old schemes (RC2, 3DES, SHA-1) are refused by name.
import { at, TAG } from "../der/read.js";
import { OID } from "../der/oids.js";
import { SignFailure } from "../failure.js";

/** A hostile file must not keep the page busy for minutes; the same bound as in the Rust reader. */
export const MAX_ITERATIONS = 1_000_000;

/** @type {Record<string, string>} */
const HASH_BY_HMAC = {
  "1.2.840.113549.2.7": "SHA-1",
  "1.2.840.113549.2.9": "SHA-256",
  "1.2.840.113549.2.10": "SHA-384",
  "1.2.840.113549.2.11": "SHA-512",
};
/** PBKDF2 without a named function means HMAC-SHA-1 (RFC 8018, A.2). */
const DEFAULT_HMAC = "1.2.840.113549.2.7";

/** AES in CBC mode: key length in bits. @type {Record<string, number>} */
const BITS_BY_CIPHER = { "2.16.840.1.101.3.4.1.2": 128, "2.16.840.1.101.3.4.1.42": 256 };

/**
 * @param {import("../der/read.js").Node} algorithm AlgorithmIdentifier
 * @param {Uint8Array} encrypted
 * @param {string} password
 * @returns {Promise<Uint8Array>}
 * @throws {SignFailure} `unsupported-file` for another scheme, `wrong-password` when the result is not well padded
 */
export async function decrypt(algorithm, encrypted, password) {
  const { derivation, bits, iv } = readScheme(algorithm);
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: "AES-CBC", length: bits }, false, ["decrypt"]);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv: own(iv) }, key, own(encrypted)));
  } catch {
    throw new SignFailure("wrong-password");
  }
}

/** A copy on a buffer of its own, which is what WebCrypto takes. @param {Uint8Array} bytes */
export function own(bytes) {
  return new Uint8Array(bytes);
}

/** @param {import("../der/read.js").Node} algorithm */
function readScheme(algorithm) {
  const [name, parameters] = algorithm.sequence();
  if (!parameters || name.oid() !== OID.pbes2) throw new SignFailure("unsupported-file", "encryption scheme");
  const [derivation, cipher] = parameters.sequence();
  const [cipherName, iv] = at([cipher], 0).sequence();
  const bits = BITS_BY_CIPHER[at([cipherName], 0).oid()];
  if (!bits) throw new SignFailure("unsupported-file", "cipher");
  return { derivation: readDerivation(derivation), bits, iv: at([iv], 0).octets() };
}

/** @param {import("../der/read.js").Node} node */
function readDerivation(node) {
  const [name, parameters] = node.sequence();
  if (!parameters || name.oid() !== OID.pbkdf2) throw new SignFailure("unsupported-file", "key derivation");
  const fields = parameters.sequence();
  const hmac = fields.slice(2).find((field) => field.tag === TAG.SEQUENCE);
  const hash = HASH_BY_HMAC[hmac ? at(hmac.sequence(), 0).oid() : DEFAULT_HMAC];
  if (!hash) throw new SignFailure("unsupported-file", "key derivation");
  const iterations = boundedIterations(at(fields, 1));
  return { name: "PBKDF2", salt: own(at(fields, 0).octets()), iterations, hash };
}

/** @param {import("../der/read.js").Node} node */
export function boundedIterations(node) {
  const iterations = node.integer();
  if (iterations < 1 || iterations > MAX_ITERATIONS) throw new SignFailure("unsupported-file", "iterations");
  return iterations;
}
