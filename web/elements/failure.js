// The one error type of signing and of making keys: a code that chooses the words, never a text for people.

/**
 * @typedef {"agent-not-running" | "permission-refused" | "cancelled" | "agent-error" | "wrong-password" | "wrong-purpose"
 *   | "not-yet-valid" | "expired" | "other-person" | "bad-file" | "unsupported-file" | "unsupported-key"
 *   | "content-unavailable" | "no-file" | "no-password" | "failed"} FailureCode
 */

/**
 * What else may go wrong where keys are made and installed.
 * @typedef {"weak-letters" | "weak-short" | "weak-mixed" | "weak-guess" | "passwords-differ" | "not-saved" | "not-supported" | "other-keys"} KeysCode
 */

/**
 * What may go wrong at the card of a workstation; most are the codes of the card agent.
 * @typedef {"agent-not-running" | "permission-refused" | "no-card" | "several-cards" | "card-changed" | "card-lost" | "card-full" | "card-failed" | "busy"
 *   | "no-terminal" | "no-library" | "pin-refused" | "pin-refused-last" | "pin-locked" | "pin-length" | "pin-not-entered" | "no-key" | "not-kept"
 *   | "unsupported-key" | "half-done" | "failed"} CardCode
 */

export class SignFailure extends Error {
  /** @param {FailureCode | KeysCode | CardCode} code @param {string} [detail] for the console of a developer; never a name, a number or a password */
  constructor(code, detail) {
    super(detail ?? code);
    this.code = code;
  }
}

/** Whatever was thrown, as a failure with a code. @param {unknown} thrown @param {FailureCode} [otherwise] */
export function asFailure(thrown, otherwise = "failed") {
  if (thrown instanceof SignFailure) return thrown;
  return new SignFailure(otherwise, thrown instanceof Error ? thrown.message : undefined);
}
