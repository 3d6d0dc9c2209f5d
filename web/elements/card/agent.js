// The card agent of this workstation: what it is asked, and what its refusals are called. It is never told a PIN.
import { loopbackPermission } from "../agent/permission.js";
import { SignFailure } from "../failure.js";

export const ADDRESS = "http://127.0.0.1:24681";

/**
 * What may go wrong at the card; the agent names most of them.
 * @type {readonly import("../failure.js").CardCode[]}
 */
export const CODES = ["agent-not-running", "permission-refused", "no-card", "several-cards", "card-changed", "card-lost", "card-full", "card-failed", "busy", "no-terminal",
  "no-library", "pin-refused", "pin-refused-last", "pin-locked", "pin-length", "pin-not-entered", "no-key", "not-kept", "unsupported-key", "half-done", "failed"];

/** @typedef {{label: string, serial: string, ownKeys: boolean}} Card */
/** @typedef {{profile: string, request: string}} KeyRequest */

export class CardAgent {
  /** @param {string} address */
  constructor(address) {
    this.address = address;
  }

  /** @returns {Promise<Card>} what lies in the reader */
  async look() {
    const card = await this.#ask("/card");
    if (typeof card.serial !== "string" || typeof card.label !== "string") throw new SignFailure("failed", "no card in the answer");
    return { label: card.label, serial: card.serial, ownKeys: card.ownKeys === true };
  }

  /**
   * Has key pairs made on the card.
   * @param {string[]} profiles @param {{iin?: string, language: string}} about @returns {Promise<KeyRequest[]>}
   */
  async makeKeys(profiles, about) {
    const { keys } = await this.#ask("/keys", { profiles: profiles.map((profile) => ({ profile })), ...about });
    const made = Array.isArray(keys) && keys.map((/** @type {any} */ key) => key.profile);
    if (JSON.stringify(made) !== JSON.stringify(profiles)) throw new SignFailure("failed", "other keys than were asked for");
    return keys;
  }

  /** Has certificates written onto the card. @param {string[]} certificates base64 DER @param {string} language @returns {Promise<string[]>} as the card gave them back */
  async write(certificates, language) {
    const answer = await this.#ask("/certificates", { certificates, language });
    if (JSON.stringify(answer.certificates) !== JSON.stringify(certificates)) throw new SignFailure("not-kept");
    return answer.certificates;
  }

  /** @param {string} path @param {object} [question] @returns {Promise<any>} checked member by member */
  async #ask(path, question) {
    const response = await this.#reach(path, question);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw refusal(answer);
    return answer;
  }

  /** @param {string} path @param {object} [question] */
  async #reach(path, question) {
    const options = question && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question) };
    try {
      return await fetch(this.address + path, { ...options, credentials: "omit", cache: "no-store", redirect: "error" });
    } catch {
      // No program, a refusal by the browser and an agent that serves another portal all look the same from inside a page.
      throw new SignFailure((await loopbackPermission()) === "denied" ? "permission-refused" : "agent-not-running");
    }
  }
}

/** @param {any} answer */
function refusal(answer) {
  if (answer.left > 0) return new SignFailure("half-done", String(answer.error));
  const code = answer.error === "pin-refused" && answer.tries === "last" ? "pin-refused-last" : answer.error;
  return new SignFailure(CODES.includes(code) ? code : "failed", String(code));
}
