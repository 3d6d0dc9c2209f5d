// Brings keys and certificates together: each certificate must find its key, or nothing is written.
import { DerError } from "../der/read.js";
import { SignFailure } from "../failure.js";
import { readCertificate } from "../key-file/certificate.js";
import { Key } from "../key-file/key.js";
import { openPending } from "../keys/pending.js";
import { writeKeyFile } from "./pkcs12.js";

/** @typedef {{profile: string, name: string, certificate: Uint8Array}} Issued */

/**
 * @param {string} pending content of the file of keys @param {string} password
 * @param {{certificates: Issued[], chain: Uint8Array[]}} order
 * @returns {Promise<{profile: string, name: string, file: Uint8Array}[]>} one key file for each certificate
 * @throws {SignFailure} `bad-file`, `wrong-password`, `unsupported-file`, `other-keys`
 */
export async function keyFiles(pending, password, { certificates, chain }) {
  const keys = await openPending(pending, password);
  try {
    const files = [];
    for (const { profile, name, certificate } of certificates) {
      const key = await keyOf(certificate, keys);
      files.push({ profile, name, file: await writeKeyFile({ key, certificate, chain, name }, password) });
    }
    return files;
  } finally {
    for (const key of keys) key.fill(0);
  }
}

/** @param {Uint8Array} certificate @param {Uint8Array[]} keys */
async function keyOf(certificate, keys) {
  try {
    const { publicKey } = readCertificate(certificate);
    for (const key of keys) if (await (await Key.read(key)).fits(publicKey)) return key;
  } catch (thrown) {
    if (thrown instanceof DerError) throw new SignFailure("failed", thrown.message);
    throw thrown;
  }
  throw new SignFailure("other-keys");
}
