// The file that keeps the private keys until their certificates are there: PKCS#8 under a password, as PEM.
import { fromBase64, toBase64 } from "../der/base64.js";
import { at, DerError, readOne } from "../der/read.js";
import { SignFailure } from "../failure.js";
import { decrypt } from "../key-file/pbes2.js";
import { Protection } from "../key-file/protect.js";

/** Rounds of PBKDF2: the file may lie about for a month, and about a second in a page is bearable. */
const ITERATIONS = 600_000;
const LABEL = "ENCRYPTED PRIVATE KEY";
/** More keys than any form wants; each costs a second to open. */
const MOST_KEYS = 4;

/** @param {CryptoKey[]} keys @param {string} password @returns {Promise<string>} */
export async function pendingFile(keys, password) {
  const blocks = [];
  for (const key of keys) blocks.push(pem(await (await Protection.under(password, ITERATIONS)).wrap(key)));
  return blocks.join("");
}

/** @param {Uint8Array} der */
function pem(der) {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${LABEL}-----`, ...lines, `-----END ${LABEL}-----`, ""].join("\n");
}

/**
 * @param {string} text @param {string} password
 * @returns {Promise<Uint8Array[]>} PKCS#8 keys; whoever takes them overwrites them after use
 * @throws {SignFailure} `bad-file`, `unsupported-file`, `wrong-password`
 */
export async function openPending(text, password) {
  const blocks = [...text.matchAll(/-----BEGIN ENCRYPTED PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END ENCRYPTED PRIVATE KEY-----/g)];
  if (blocks.length === 0 || blocks.length > MOST_KEYS) throw new SignFailure("bad-file", `${blocks.length} keys`);
  const keys = [];
  for (const [, block] of blocks) keys.push(await open(block, password));
  return keys;
}

/** @param {string} block @param {string} password */
async function open(block, password) {
  try {
    const [algorithm, encrypted] = readOne(fromBase64(block)).sequence();
    const key = await decrypt(at([algorithm], 0), at([encrypted], 0).octets(), password);
    // One padding in 256 is right by chance: what comes out must be a key too.
    if (!isKey(key)) throw new SignFailure("wrong-password");
    return key;
  } catch (thrown) {
    if (thrown instanceof SignFailure) throw thrown;
    throw new SignFailure("bad-file", thrown instanceof Error ? thrown.message : undefined);
  }
}

/** @param {Uint8Array} bytes */
function isKey(bytes) {
  try {
    return readOne(bytes).sequence().length >= 3;
  } catch (thrown) {
    if (thrown instanceof DerError) return false;
    throw thrown;
  }
}
