// A proof of work, searched for in the page in short pieces.

/** Digests between pauses: the page gets its turn every 15 milliseconds or so. No Worker: `trusted-types 'none'` refuses its address. */
const WITHOUT_PAUSE = 4000;

/**
 * The first number whose digest, together with the token, begins with so many zero bits.
 * @param {string} token @param {number} difficulty in bits
 * @returns {Promise<string>}
 */
export async function prove(token, difficulty) {
  const text = new TextEncoder();
  for (let number = 0; ; number += 1) {
    const digest = await crypto.subtle.digest("SHA-256", text.encode(`${token}:${number}`));
    if (zeros(new DataView(digest)) >= difficulty) return String(number);
    if (number % WITHOUT_PAUSE === 0) await new Promise((resume) => setTimeout(resume));
  }
}

/** Zero bits at the beginning, of the first eight bytes. @param {DataView} digest */
function zeros(digest) {
  const high = Math.clz32(digest.getUint32(0));
  return high < 32 ? high : 32 + Math.clz32(digest.getUint32(4));
}
