// Opens a PKCS#12 key file (RFC 7292) in the page: private keys and certificates, nothing else.
import { at, DerError, readOne } from "../der/read.js";
import { OID } from "../der/oids.js";
import { SignFailure } from "../failure.js";
import { checkMac } from "./mac.js";
import { decrypt } from "./pbes2.js";

/** Far above any key file; a film chosen by mistake is refused before it is read. */
export const MAX_FILE = 1_000_000;

/**
 * @param {Uint8Array} bytes
 * @param {string} password
 * @returns {Promise<{keys: Uint8Array[], certificates: Uint8Array[]}>} PKCS#8 keys and certificates, in file order
 * @throws {SignFailure} `bad-file`, `unsupported-file`, `wrong-password`
 */
export async function openKeyFile(bytes, password) {
  try {
    return await open(bytes, password);
  } catch (thrown) {
    if (thrown instanceof DerError) throw new SignFailure("bad-file", thrown.message);
    throw thrown;
  }
}

/** @param {Uint8Array} bytes @param {string} password */
async function open(bytes, password) {
  // The indefinite length of the containers that the state's older programs write: well-formed, but with ciphers no browser has.
  if (bytes[0] === 0x30 && bytes[1] === 0x80) throw new SignFailure("unsupported-file", "indefinite length");
  const [version, authenticated, macData] = readOne(bytes).sequence();
  if (at([version], 0).integer() !== 3) throw new SignFailure("unsupported-file", "version");
  const content = plainContent(at([authenticated], 0).sequence());
  if (macData) await checkMac(macData, content, password);
  const contents = { keys: [], certificates: [] };
  for (const part of readOne(content).sequence()) await openPart(part.sequence(), password, contents);
  return contents;
}

/** @param {import("../der/read.js").Node[]} info ContentInfo of type data */
function plainContent(info) {
  if (at(info, 0).oid() !== OID.data) throw new SignFailure("unsupported-file", "content type");
  return at(at(info, 1).children(), 0).octets();
}

/** @typedef {{keys: Uint8Array[], certificates: Uint8Array[]}} Contents */

/** @param {import("../der/read.js").Node[]} info @param {string} password @param {Contents} contents */
async function openPart(info, password, contents) {
  const bags = at(info, 0).oid() === OID.encryptedData ? await decryptPart(info, password) : plainContent(info);
  for (const bag of readOne(bags).sequence()) await openBag(bag.sequence(), password, contents);
}

/** @param {import("../der/read.js").Node[]} info @param {string} password */
async function decryptPart(info, password) {
  const encryptedData = at(at(info, 1).children(), 0).sequence();
  const [, algorithm, encrypted] = at(encryptedData, 1).sequence();
  if (!encrypted?.isContext(0)) throw new DerError("no encrypted content");
  return decrypt(algorithm, encrypted.content, password);
}

/** @param {import("../der/read.js").Node[]} bag @param {string} password @param {Contents} contents */
async function openBag(bag, password, contents) {
  const kind = at(bag, 0).oid();
  const value = at(at(bag, 1).children(), 0);
  if (kind === OID.keyBag) contents.keys.push(value.der);
  if (kind === OID.shroudedKeyBag) contents.keys.push(await unshroud(value, password));
  if (kind === OID.certificateBag) {
    const [type, certificate] = value.sequence();
    if (type.oid() === OID.x509Certificate) contents.certificates.push(at(at([certificate], 0).children(), 0).octets());
  }
}

/** @param {import("../der/read.js").Node} info EncryptedPrivateKeyInfo @param {string} password */
async function unshroud(info, password) {
  const [algorithm, encrypted] = info.sequence();
  return decrypt(at([algorithm], 0), at([encrypted], 0).octets(), password);
}
