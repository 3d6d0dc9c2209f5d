// Makes a detached CAdES-BES signature (ETSI EN 319 122-1) over given bytes, with the whole chain inside.
import { OID } from "../der/oids.js";
import { concat, context, encode, integer, octets, oid, sequence, setOf, sorted, time } from "../der/write.js";
import { own } from "./pbes2.js";

/**
 * @param {Uint8Array} content
 * @param {{key: import("./key.js").Key, certificate: import("./certificate.js").Certificate, others: Uint8Array[]}} identity
 * @param {Date} at the signer's clock; the server trusts its own
 * @returns {Promise<Uint8Array>} CMS ContentInfo
 */
export async function signDetached(content, { key, certificate, others }, at) {
  const { hash, digest, signature } = key.algorithm;
  const attributes = sorted([
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.signingTime, time(at)),
    attribute(OID.messageDigest, octets(await digestOf(hash, content))),
    attribute(OID.signingCertificateV2, await certificateReference(certificate)),
  ]);
  const value = await key.sign(encode(0x31, ...attributes));
  const signer = sequence(
    integer(1),
    sequence(certificate.issuer, certificate.serial),
    digest,
    context(0, ...attributes),
    signature,
    octets(value),
  );
  const certificates = context(0, ...sorted([certificate.der, ...others]));
  const signedData = sequence(integer(1), setOf(digest), sequence(oid(OID.data)), certificates, setOf(signer));
  return sequence(oid(OID.signedData), context(0, signedData));
}

/** @param {string} type @param {Uint8Array} value */
const attribute = (type, value) => sequence(oid(type), setOf(value));

/** Binds the signature to this very certificate, so that it cannot be explained by another one over the same key. @param {import("./certificate.js").Certificate} certificate */
async function certificateReference({ der, issuer, serial }) {
  const name = sequence(context(4, issuer));
  const reference = concat(octets(await digestOf("SHA-256", der)), sequence(name, serial));
  return sequence(sequence(sequence(reference)));
}

/** @param {string} hash @param {Uint8Array} bytes */
async function digestOf(hash, bytes) {
  return new Uint8Array(await crypto.subtle.digest(hash, own(bytes)));
}
