// Writes a PKCS#12 key file (RFC 7292): one key with its certificate and the chain, as OpenSSL, NCALayer and this portal open it.
import { concat, context, encode, integer, octets, oid, sequence, setOf } from "../der/write.js";
import { OID } from "../der/oids.js";
import { makeMac } from "../key-file/mac.js";
import { own } from "../key-file/pbes2.js";
import { Protection } from "../key-file/protect.js";

/** Rounds of each derivation. The one of the integrity code is chained in the page, which takes about a second. */
const ITERATIONS = 200_000;
const BMP_STRING = 0x1e;

/**
 * @param {{key: Uint8Array, certificate: Uint8Array, chain: Uint8Array[], name: string}} identity PKCS#8 key, its certificate, those of the
 *   authorities above it, and a name for lists of keys
 * @param {string} password
 * @returns {Promise<Uint8Array>}
 */
export async function writeKeyFile({ key, certificate, chain, name }, password) {
  // Ties the key to its own certificate among those of the chain.
  const keyId = attribute(OID.localKeyId, octets(new Uint8Array(await crypto.subtle.digest("SHA-256", own(certificate)))));
  const attributes = setOf(attribute(OID.friendlyName, bmp(name)), keyId);
  const certificates = sequence(certificateBag(certificate, attributes), ...chain.map((der) => certificateBag(der)));
  const shrouded = await (await Protection.under(password, ITERATIONS)).shroud(key);
  const keys = sequence(sequence(oid(OID.shroudedKeyBag), context(0, shrouded), attributes));
  const content = sequence(await encryptedPart(certificates, password), plainPart(keys));
  return sequence(integer(3), plainPart(content), await makeMac(content, password, ITERATIONS));
}

/** @param {Uint8Array} content */
const plainPart = (content) => sequence(oid(OID.data), context(0, octets(content)));

/** @param {Uint8Array} content @param {string} password */
async function encryptedPart(content, password) {
  const protection = await Protection.under(password, ITERATIONS);
  const encrypted = encode(0x80, await protection.encrypt(content));
  const info = sequence(oid(OID.data), protection.algorithm, encrypted);
  return sequence(oid(OID.encryptedData), context(0, sequence(integer(0), info)));
}

/** @param {Uint8Array} der @param {...Uint8Array} attributes */
const certificateBag = (der, ...attributes) =>
  sequence(oid(OID.certificateBag), context(0, sequence(oid(OID.x509Certificate), context(0, octets(der)))), ...attributes);

/** @param {string} type @param {Uint8Array} value */
const attribute = (type, value) => sequence(oid(type), setOf(value));

/** Two bytes per unit, big-endian. @param {string} text */
function bmp(text) {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return encode(BMP_STRING, concat(...units.map((unit) => Uint8Array.of(unit >> 8, unit & 0xff))));
}
