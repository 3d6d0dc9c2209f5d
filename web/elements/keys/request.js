// A key pair and the request for its certificate (PKCS#10): the key, and the proof that whoever asks has it.
import { bits, context, integer, oid, sequence } from "../der/write.js";
import { OID } from "../der/oids.js";
import { ecdsaValue } from "../key-file/key.js";
import { own } from "../key-file/pbes2.js";

const P256 = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

/** Can be read out of the browser only so that it can be wrapped at once. @returns {Promise<CryptoKeyPair>} */
export function newPair() {
  return crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
}

/**
 * The subject is left empty: the authority takes it from the state's registers and would not read it here.
 * @param {CryptoKeyPair} pair @returns {Promise<Uint8Array>} DER of the request
 */
export async function requestFor(pair) {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const info = sequence(integer(0), sequence(), publicKey, context(0));
  const proof = ecdsaValue(new Uint8Array(await crypto.subtle.sign(SIGNATURE, pair.privateKey, own(info))));
  return sequence(info, sequence(oid(OID.ecdsaWithSha256)), bits(proof));
}

/** Eight bytes of SHA-256 in groups, as the portal shows them beside the request. @param {Uint8Array} request */
export async function fingerprint(request) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", own(request)));
  const hex = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}
