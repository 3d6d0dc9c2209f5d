// Whether a password may guard a private key: whoever finds the file can try passwords without end.

export const SHORTEST = 12;
/** Fewer different characters are a pattern and no password. */
const DIFFERENT = 6;
/** What guessing begins with; a password that has little beside such a run is guessed too. */
const RUNS = ["password", "passw0rd", "parol", "qwerty", "qazwsx", "asdfgh", "zxcvbn", "1q2w3e", "admin", "welcome", "qyzmet", "qazaqstan", "kazakhstan"];

/** @typedef {"no-password" | "weak-letters" | "weak-short" | "weak-mixed" | "weak-guess"} Weakness */

/**
 * @param {string} password
 * @returns {Weakness | null}
 */
export function weakness(password) {
  if (password === "") return "no-password";
  // Other programs that open the file agree on how to write these characters as bytes, and on no others.
  if (!/^[\x21-\x7e]+$/.test(password)) return "weak-letters";
  if (password.length < SHORTEST) return "weak-short";
  if (!/[A-Za-z]/.test(password) || !/\d/.test(password)) return "weak-mixed";
  return isGuessed(password.toLowerCase()) ? "weak-guess" : null;
}

/** @param {string} password in small letters */
function isGuessed(password) {
  if (new Set(password).size < DIFFERENT) return true;
  const rest = RUNS.reduce((text, run) => text.replaceAll(run, ""), password);
  return withoutSteps(rest).length < SHORTEST - DIFFERENT;
}

/** Leaves of each run such as 3456, dcba or 1111 its first character. @param {string} text */
function withoutSteps(text) {
  const step = (/** @type {number} */ at) => text.charCodeAt(at) - text.charCodeAt(at - 1);
  return [...text].filter((_, at) => at === 0 || Math.abs(step(at)) > 1).join("");
}
