// Strict reader of DER: definite lengths only, every length checked against the bytes at hand, bounded depth.

/** The bytes are not the structure we asked for. Carries no content, so it may be shown in logs. */
export class DerError extends Error {}

/** Deeper nesting occurs in no certificate or key container; the bound stops hostile towers of tags. */
const MAX_DEPTH = 32;
/** Longer than any key file or certificate; also keeps length arithmetic inside 32 bits. */
const MAX_LENGTH = 0x7fffff;

export const TAG = Object.freeze({
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
});

/** One element: its tag byte, its content and its whole encoding. Children are read only when asked for. */
export class Node {
  /** @param {number} tag @param {Uint8Array} content @param {Uint8Array} der @param {number} depth */
  constructor(tag, content, der, depth) {
    this.tag = tag;
    this.content = content;
    this.der = der;
    this.depth = depth;
  }

  /** @returns {Node[]} the elements inside a constructed one */
  children() {
    if ((this.tag & 0x20) === 0) throw new DerError("not constructed");
    return readAll(this.content, this.depth + 1);
  }

  /** @param {number} tag @returns {Node} this, when it has the tag */
  expect(tag) {
    if (this.tag !== tag) throw new DerError(`tag ${this.tag.toString(16)} instead of ${tag.toString(16)}`);
    return this;
  }

  /** @returns {Node[]} */
  sequence() {
    return this.expect(TAG.SEQUENCE).children();
  }

  /** @returns {string} dotted form of an object identifier */
  oid() {
    return dotted(this.expect(TAG.OID).content);
  }

  /** @returns {number} a small non-negative INTEGER, such as a version or an iteration count */
  integer() {
    const bytes = this.expect(TAG.INTEGER).content;
    if (bytes.length === 0 || bytes.length > 4 || bytes[0] > 0x7f) throw new DerError("integer out of range");
    return bytes.reduce((value, byte) => value * 256 + byte, 0);
  }

  /** @returns {Uint8Array} */
  octets() {
    return this.expect(TAG.OCTET_STRING).content;
  }

  /** @param {number} number @returns {boolean} whether the tag is [number], constructed or not */
  isContext(number) {
    return (this.tag & 0xdf) === (0x80 | number);
  }
}

/** @param {Uint8Array} bytes @returns {Node} exactly one element, with nothing after it */
export function readOne(bytes) {
  const all = readAll(bytes, 0);
  if (all.length !== 1) throw new DerError("not exactly one element");
  return all[0];
}

/**
 * Takes the element at `index`, so that a missing one is a typed error and not `undefined`.
 * @param {Node[]} nodes @param {number} index @returns {Node}
 */
export function at(nodes, index) {
  const node = nodes[index];
  if (!node) throw new DerError("element missing");
  return node;
}

/** @param {Uint8Array} bytes @param {number} depth @returns {Node[]} */
function readAll(bytes, depth) {
  if (depth > MAX_DEPTH) throw new DerError("nested too deeply");
  const nodes = [];
  for (let offset = 0; offset < bytes.length; ) {
    const { header, length } = readHeader(bytes, offset);
    const end = offset + header + length;
    if (end > bytes.length) throw new DerError("length beyond the end");
    nodes.push(new Node(bytes[offset], bytes.subarray(offset + header, end), bytes.subarray(offset, end), depth));
    offset = end;
  }
  return nodes;
}

/** @param {Uint8Array} bytes @param {number} offset */
function readHeader(bytes, offset) {
  if ((bytes[offset] & 0x1f) === 0x1f) throw new DerError("long tag");
  const first = bytes[offset + 1];
  if (first === undefined) throw new DerError("no length");
  if (first < 0x80) return { header: 2, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > 4 || offset + 2 + count > bytes.length) throw new DerError("bad length");
  const length = bytes.subarray(offset + 2, offset + 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  if (length < 0x80 || length > MAX_LENGTH || bytes[offset + 2] === 0) throw new DerError("length not minimal or too long");
  return { header: 2 + count, length };
}

/** @param {Uint8Array} content */
function dotted(content) {
  if (content.length === 0 || content.length > 64 || content[content.length - 1] > 0x7f) throw new DerError("bad object identifier");
  const arcs = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new DerError("bad object identifier");
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const top = Math.min(2, Math.floor(arcs[0] / 40));
  return [top, arcs[0] - top * 40, ...arcs.slice(1)].join(".");
}
