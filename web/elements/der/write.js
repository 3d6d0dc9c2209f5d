// Writer of DER for the few structures that a signature, a request for a certificate and a key file need.
import { TAG } from "./read.js";

/** @param {...Uint8Array} parts @returns {Uint8Array} */
export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** @param {number} tag @param {...Uint8Array} parts @returns {Uint8Array} */
export function encode(tag, ...parts) {
  const content = concat(...parts);
  return concat(Uint8Array.of(tag, ...lengthOf(content.length)), content);
}

/** @param {number} length @returns {number[]} */
function lengthOf(length) {
  if (length < 0x80) return [length];
  const bytes = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** @param {...Uint8Array} parts */
export const sequence = (...parts) => encode(TAG.SEQUENCE, ...parts);

/** Parameters of algorithms that have none. */
export const NULL = encode(TAG.NULL);

/** @param {Uint8Array} bytes */
export const octets = (bytes) => encode(TAG.OCTET_STRING, bytes);

/** A string of whole bytes. @param {Uint8Array} bytes */
export const bits = (bytes) => encode(TAG.BIT_STRING, Uint8Array.of(0), bytes);

/** @param {number} number @param {...Uint8Array} parts [number], constructed */
export const context = (number, ...parts) => encode(0xa0 | number, ...parts);

/** DER asks for the members of a SET OF in the order of their encodings. @param {...Uint8Array} parts */
export const setOf = (...parts) => encode(TAG.SET, ...sorted(parts));

/** @param {Uint8Array[]} parts @returns {Uint8Array[]} */
export function sorted(parts) {
  return [...parts].sort(compare);
}

/** @param {Uint8Array} left @param {Uint8Array} right */
function compare(left, right) {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    if (left[at] !== right[at]) return left[at] - right[at];
  }
  return left.length - right.length;
}

/** @param {number} value small and not negative */
export const integer = (value) => encode(TAG.INTEGER, Uint8Array.of(value));

/** An unsigned big-endian number as INTEGER: leading zeros dropped, one put back where the sign bit is set. @param {Uint8Array} bytes */
export function unsigned(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = bytes.subarray(start);
  return encode(TAG.INTEGER, digits[0] > 0x7f ? concat(Uint8Array.of(0), digits) : digits);
}

/** A whole number under 2^32, such as a count of rounds. @param {number} value */
export const count = (value) => unsigned(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));

/** @param {string} dotted */
export function oid(dotted) {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  return encode(TAG.OID, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** @param {number} arc @returns {number[]} */
function base128(arc) {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

/** UTCTime up to 2049, GeneralizedTime after it, as X.509 and CMS ask. @param {Date} at */
export function time(at) {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, "");
  const short = at.getUTCFullYear() < 2050;
  return encode(short ? TAG.UTC_TIME : TAG.GENERALIZED_TIME, new TextEncoder().encode(short ? digits.slice(2) : digits));
}
