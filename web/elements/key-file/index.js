// From a key file, a password and a document to a signature. Key and password stay in this page.
import { DerError } from "../der/read.js";
import { SignFailure } from "../failure.js";
import { readCertificate } from "./certificate.js";
import { signDetached } from "./cades.js";
import { Key } from "./key.js";
import { openKeyFile } from "./pkcs12.js";
import { demandSuitable, serves } from "./suitable.js";

/**
 * @param {{file: Uint8Array, password: string, content: Uint8Array, demand: import("./suitable.js").Demand, now: Date}} request
 * @returns {Promise<Uint8Array>} detached CMS
 * @throws {SignFailure}
 */
export async function signWithKeyFile({ file, password, content, demand, now }) {
  const opened = await openKeyFile(file, password);
  try {
    const identity = await chooseIdentity(opened, demand.purpose);
    demandSuitable(identity.certificate, demand, now);
    return await signDetached(content, identity, now);
  } catch (thrown) {
    if (thrown instanceof DerError) throw new SignFailure("bad-file", thrown.message);
    throw thrown;
  } finally {
    for (const key of opened.keys) key.fill(0);
  }
}

/**
 * A file may hold a key for signing and one for authentication: the first that serves the purpose, otherwise the first there is.
 * @param {{keys: Uint8Array[], certificates: Uint8Array[]}} opened @param {import("./suitable.js").Demand["purpose"]} purpose
 */
async function chooseIdentity(opened, purpose) {
  const certificates = opened.certificates.map(readCertificate);
  const identities = [];
  for (const pkcs8 of opened.keys) {
    const key = await Key.read(pkcs8);
    const certificate = await certificateOf(key, certificates);
    if (!certificate) continue;
    identities.push({ key, certificate, others: opened.certificates.filter((der) => der !== certificate.der) });
  }
  const chosen = identities.find(({ certificate }) => serves(certificate, purpose)) ?? identities[0];
  if (!chosen) throw new SignFailure("bad-file", "no key with its certificate");
  return chosen;
}

/** @param {Key} key @param {import("./certificate.js").Certificate[]} certificates */
async function certificateOf(key, certificates) {
  for (const certificate of certificates) if (await key.fits(certificate.publicKey)) return certificate;
  return undefined;
}
