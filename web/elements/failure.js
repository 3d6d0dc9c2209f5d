// The one error type of signing: a code that chooses the words, never a text for people.

/**
 * @typedef {"agent-not-running" | "permission-refused" | "cancelled" | "agent-error" | "wrong-password" | "wrong-purpose"
 *   | "not-yet-valid" | "expired" | "other-person" | "bad-file" | "unsupported-file" | "unsupported-key"
 *   | "content-unavailable" | "no-file" | "no-password" | "failed"} FailureCode
 */

export class SignFailure extends Error {
  /** @param {FailureCode} code @param {string} [detail] for the console of a developer; never a name, a number or a password */
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
