// A private key in the page: which algorithm, how it signs in the form CMS asks for, and whose certificate it fits.
import { at, readOne } from "../der/read.js";
import { NULL, oid, sequence, unsigned } from "../der/write.js";
import { OID } from "../der/oids.js";
import { SignFailure } from "../failure.js";
import { own } from "./pbes2.js";

/**
 * @typedef {object} Algorithm
 * @property {EcKeyImportParams | RsaHashedImportParams} key
 * @property {AlgorithmIdentifier | EcdsaParams} use
 * @property {string} hash name of the digest in WebCrypto
 * @property {Uint8Array} digest encoded AlgorithmIdentifier of the digest
 * @property {Uint8Array} signature encoded AlgorithmIdentifier of the signature
 */

/** @param {string} curve @param {string} hash @param {string} digest @param {string} signature @returns {Algorithm} */
const ecdsa = (curve, hash, digest, signature) => ({
  key: { name: "ECDSA", namedCurve: curve },
  use: { name: "ECDSA", hash },
  hash,
  digest: sequence(oid(digest)),
  signature: sequence(oid(signature)),
});

/** @type {Record<string, Algorithm>} */
const ALGORITHMS = {
  [OID.p256]: ecdsa("P-256", "SHA-256", OID.sha256, OID.ecdsaWithSha256),
  [OID.p384]: ecdsa("P-384", "SHA-384", OID.sha384, OID.ecdsaWithSha384),
  [OID.rsa]: {
    key: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    use: { name: "RSASSA-PKCS1-v1_5" },
    hash: "SHA-256",
    digest: sequence(oid(OID.sha256)),
    signature: sequence(oid(OID.rsaWithSha256), NULL),
  },
};

/** @param {import("../der/read.js").Node} identifier AlgorithmIdentifier of a key @returns {Algorithm | undefined} */
function algorithmOf(identifier) {
  const [name, parameters] = identifier.sequence();
  const kind = at([name], 0).oid();
  return ALGORITHMS[kind === OID.ec ? at([parameters], 0).oid() : kind];
}

/** Signs; the key itself cannot be read out of it again. */
export class Key {
  /** @param {CryptoKey} secret @param {Algorithm} algorithm */
  constructor(secret, algorithm) {
    this.secret = secret;
    this.algorithm = algorithm;
  }

  /**
   * @param {Uint8Array} pkcs8
   * @throws {SignFailure} `unsupported-key` for GOST and other algorithms that no browser has
   */
  static async read(pkcs8) {
    const algorithm = algorithmOf(at(readOne(pkcs8).sequence(), 1));
    if (!algorithm) throw new SignFailure("unsupported-key");
    try {
      return new Key(await crypto.subtle.importKey("pkcs8", own(pkcs8), algorithm.key, false, ["sign"]), algorithm);
    } catch {
      throw new SignFailure("bad-file", "private key");
    }
  }

  /** @param {Uint8Array} message @returns {Promise<Uint8Array>} the signature value as CMS carries it */
  async sign(message) {
    const raw = new Uint8Array(await crypto.subtle.sign(this.algorithm.use, this.secret, own(message)));
    return this.algorithm.key.name === "ECDSA" ? ecdsaValue(raw) : raw;
  }

  /** Tried with a signature, because names and identifiers in a key file may be missing or wrong. @param {Uint8Array} publicKey @returns {Promise<boolean>} */
  async fits(publicKey) {
    if (algorithmOf(at(readOne(publicKey).sequence(), 0)) !== this.algorithm) return false;
    const probe = crypto.getRandomValues(new Uint8Array(32));
    try {
      const other = await crypto.subtle.importKey("spki", own(publicKey), this.algorithm.key, false, ["verify"]);
      const made = await crypto.subtle.sign(this.algorithm.use, this.secret, probe);
      return await crypto.subtle.verify(this.algorithm.use, other, made, probe);
    } catch {
      return false;
    }
  }
}

/** WebCrypto gives r and s side by side, X.509 and CMS want them as two integers. @param {Uint8Array} raw */
export function ecdsaValue(raw) {
  const half = raw.length / 2;
  return sequence(unsigned(raw.subarray(0, half)), unsigned(raw.subarray(half)));
}
