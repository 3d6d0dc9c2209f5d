// Reads from a certificate what must be known before it is used for signing.
import { at, DerError, readOne, TAG } from "../der/read.js";
import { OID } from "../der/oids.js";

/**
 * @typedef {object} Certificate
 * @property {Uint8Array} der
 * @property {Uint8Array} issuer encoded Name
 * @property {Uint8Array} serial encoded INTEGER
 * @property {Uint8Array} publicKey encoded SubjectPublicKeyInfo
 * @property {number} notBefore milliseconds
 * @property {number} notAfter milliseconds
 * @property {string | null} iin the twelve digits of the subject's serialNumber
 * @property {string[]} usages extended key usages
 */

/** @param {Uint8Array} der @returns {Certificate} */
export function readCertificate(der) {
  const body = at(readOne(der).sequence(), 0).sequence();
  const from = at(body, 0).isContext(0) ? 1 : 0;
  const [notBefore, notAfter] = at(body, from + 3).sequence();
  if (!notAfter) throw new DerError("no validity");
  return {
    der,
    serial: at(body, from).expect(TAG.INTEGER).der,
    issuer: at(body, from + 2).expect(TAG.SEQUENCE).der,
    publicKey: at(body, from + 5).expect(TAG.SEQUENCE).der,
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    iin: readIin(at(body, from + 4)),
    usages: readUsages(body.find((node) => node.tag === 0xa3)),
  };
}

/** @param {import("../der/read.js").Node} node */
function readTime(node) {
  const text = new TextDecoder().decode(node.content);
  const parts = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  const long = node.tag === TAG.GENERALIZED_TIME;
  if (!parts || (parts[1].length === 4) !== long || !(long || node.tag === TAG.UTC_TIME)) throw new DerError("bad time");
  const [year, ...rest] = parts.slice(1).map(Number);
  // Two digits count from 1950 to 2049 (RFC 5280, 4.1.2.5.1).
  const [month, day, hour, minute, second] = rest;
  return Date.UTC(long ? year : year + (year < 50 ? 2000 : 1900), month - 1, day, hour, minute, second);
}

/** @param {import("../der/read.js").Node} subject */
function readIin(subject) {
  for (const part of subject.sequence()) {
    for (const pair of part.expect(TAG.SET).children()) {
      const [type, value] = pair.sequence();
      if (!value || type.oid() !== OID.subjectSerialNumber) continue;
      const digits = /^IIN(\d{12})$/.exec(new TextDecoder().decode(value.content));
      if (digits) return digits[1];
    }
  }
  return null;
}

/** @param {import("../der/read.js").Node | undefined} extensions */
function readUsages(extensions) {
  if (!extensions) return [];
  for (const extension of at(extensions.children(), 0).sequence()) {
    const fields = extension.sequence();
    if (at(fields, 0).oid() !== OID.extendedKeyUsage) continue;
    return readOne(at(fields, fields.length - 1).octets()).sequence().map((usage) => usage.oid());
  }
  return [];
}
