// Whether a certificate may be used for what the page asks: known before signing, so that the person hears it at once.
import { OID } from "../der/oids.js";
import { SignFailure } from "../failure.js";

/**
 * @typedef {object} Demand
 * @property {"sign" | "sign-in"} purpose
 * @property {string | null} iin number of the person who must sign; null when it is not known yet
 */

/** @type {Record<Demand["purpose"], string[]>} */
const USAGES = { sign: [OID.emailProtection], "sign-in": [OID.emailProtection, OID.clientAuth] };

/** @param {import("./certificate.js").Certificate} certificate @param {Demand["purpose"]} purpose */
export const serves = (certificate, purpose) => USAGES[purpose].some((usage) => certificate.usages.includes(usage));

/**
 * @param {import("./certificate.js").Certificate} certificate
 * @param {Demand} demand
 * @param {Date} now
 * @throws {SignFailure} `wrong-purpose`, `other-person`, `not-yet-valid`, `expired`
 */
export function demandSuitable(certificate, demand, now) {
  if (!serves(certificate, demand.purpose)) throw new SignFailure("wrong-purpose");
  if (demand.iin && certificate.iin !== demand.iin) throw new SignFailure("other-person");
  if (now.getTime() < certificate.notBefore) throw new SignFailure("not-yet-valid");
  if (now.getTime() > certificate.notAfter) throw new SignFailure("expired");
}
