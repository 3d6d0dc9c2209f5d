// Password-based encryption of PKCS#5 v2 for what this page writes: AES-256-CBC under a key of PBKDF2 with HMAC-SHA-256.
import { NULL, count, octets, oid, sequence } from "../der/write.js";
import { OID } from "../der/oids.js";
import { own } from "./pbes2.js";

/** One use of a password, with salt and initial vector of its own. */
export class Protection {
  /** @param {CryptoKey} key @param {Uint8Array<ArrayBuffer>} iv @param {Uint8Array} algorithm encoded AlgorithmIdentifier */
  constructor(key, iv, algorithm) {
    this.key = key;
    this.cipher = { name: "AES-CBC", iv };
    this.algorithm = algorithm;
  }

  /** @param {string} password @param {number} iterations of PBKDF2 @returns {Promise<Protection>} */
  static async under(password, iterations) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const iv = crypto.getRandomValues(new Uint8Array(16));
    const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, ["deriveKey"]);
    const derivation = { name: "PBKDF2", salt, iterations, hash: "SHA-256" };
    const key = await crypto.subtle.deriveKey(derivation, secret, { name: "AES-CBC", length: 256 }, false, ["encrypt", "wrapKey"]);
    const pbkdf2 = sequence(oid(OID.pbkdf2), sequence(octets(salt), count(iterations), sequence(oid(OID.hmacWithSha256), NULL)));
    return new Protection(key, iv, sequence(oid(OID.pbes2), sequence(pbkdf2, sequence(oid(OID.aes256Cbc), octets(iv)))));
  }

  /** @param {Uint8Array} plain @returns {Promise<Uint8Array>} */
  async encrypt(plain) {
    return new Uint8Array(await crypto.subtle.encrypt(this.cipher, this.key, own(plain)));
  }

  /** EncryptedPrivateKeyInfo (RFC 5958, 3): the browser encrypts the key without showing it to the page. @param {CryptoKey} key */
  async wrap(key) {
    const encrypted = await crypto.subtle.wrapKey("pkcs8", key, this.key, this.cipher);
    return sequence(this.algorithm, octets(new Uint8Array(encrypted)));
  }

  /** The same around a key that the page holds already. @param {Uint8Array} pkcs8 */
  async shroud(pkcs8) {
    return sequence(this.algorithm, octets(await this.encrypt(pkcs8)));
  }
}
