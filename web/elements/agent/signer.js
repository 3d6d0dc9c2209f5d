// Finds in a finished signature the certificate of its signer, to tell at once when the wrong key was chosen.
import { at, DerError, readOne, TAG } from "../der/read.js";
import { OID } from "../der/oids.js";
import { readCertificate } from "../key-file/certificate.js";

/**
 * @param {Uint8Array} cms
 * @returns {import("../key-file/certificate.js").Certificate}
 * @throws {DerError} when it is not a signature that carries its certificate
 */
export function signerCertificate(cms) {
  const [type, content] = readOne(cms).sequence();
  if (at([type], 0).oid() !== OID.signedData) throw new DerError("not signed data");
  const parts = at(at([content], 0).children(), 0).sequence();
  const certificates = parts.find((part) => part.tag === 0xa0);
  const signers = at(parts, parts.length - 1).expect(TAG.SET).children();
  const identifier = at(at(signers, 0).sequence(), 1).sequence();
  for (const node of certificates?.children() ?? []) {
    const certificate = readCertificate(node.der);
    if (same(certificate.issuer, at(identifier, 0).der) && same(certificate.serial, at(identifier, 1).der)) return certificate;
  }
  throw new DerError("the signer's certificate is not inside");
}

/** @param {Uint8Array} left @param {Uint8Array} right */
const same = (left, right) => left.length === right.length && left.every((byte, index) => byte === right[index]);
