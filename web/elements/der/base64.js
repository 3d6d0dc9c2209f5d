// Base64 for byte arrays of any length.

/** @param {Uint8Array} bytes @returns {string} */
export function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/**
 * Accepts line breaks and PEM borders, which signing agents like to add.
 * @param {string} text @returns {Uint8Array}
 * @throws {DOMException} when it is not base64
 */
export function fromBase64(text) {
  const plain = atob(text.replace(/-----[A-Z0-9 ]+-----/g, "").replace(/\s+/g, ""));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
