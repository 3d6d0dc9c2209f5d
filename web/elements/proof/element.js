// <qz-proof>: stands in for the digits of a picture by a proof of work, for whoever cannot see or read them.
import { make } from "../dom.js";
import { wordsOf } from "../words.js";
import { prove } from "./work.js";

export class QzProof extends HTMLElement {
  #busy = false;

  connectedCallback() {
    // Without cryptography (a page over plain http) the sentence about other ways stays.
    if ("ready" in this.dataset || !globalThis.crypto?.subtle) return;
    const words = wordsOf(this);
    const status = make("p", { role: "status", class: "govuk-hint qz-proof__status" });
    const field = /** @type {HTMLInputElement} */ (make("input", { type: "hidden", name: "captcha-proof" }));
    const button = make("button", { type: "button", class: "govuk-button govuk-button--secondary qz-proof__button" }, words("button"));
    button.addEventListener("click", () => this.#start(field, status, words));
    this.replaceChildren(button, field, status);
    this.dataset.ready = "";
  }

  /** @param {HTMLInputElement} field @param {HTMLElement} status @param {(key: string) => string} words */
  async #start(field, status, words) {
    if (this.#busy || field.value !== "") return;
    this.#busy = true;
    status.textContent = words("working");
    field.value = await prove(this.dataset.token ?? "", Number(this.dataset.difficulty));
    status.textContent = words("done");
    this.dataset.proven = "";
    this.#busy = false;
  }
}
