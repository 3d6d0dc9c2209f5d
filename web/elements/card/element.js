// <qz-card>: has keys made on the card in this workstation's reader, or certificates written onto it, by the local card agent.
// The PIN is typed at the agent or at the reader; neither this page nor the portal ever sees it.
import { fromBase64 } from "../der/base64.js";
import { make } from "../dom.js";
import { asFailure } from "../failure.js";
import { fingerprint } from "../keys/request.js";
import { Panel } from "../panel.js";
import { wordsOf } from "../words.js";
import { ADDRESS, CardAgent } from "./agent.js";

/** @typedef {{profile: string, name: string, certificate?: string}} Wanted */

export class QzCard extends HTMLElement {
  /** @type {Panel | undefined} */
  #panel;
  #busy = false;

  connectedCallback() {
    if (this.#panel) return;
    const panel = new Panel(wordsOf(this));
    const field = /** @type {HTMLInputElement} */ (this.querySelector("input[type=hidden]"));
    this.replaceChildren(panel.box, field);
    this.#panel = panel;
    if (field.value === "" || this.#writes) this.#ask(panel, field);
    else this.#remember(panel, field);
    this.dataset.ready = "";
  }

  /** Whether certificates are written; otherwise keys are made. */
  get #writes() {
    return this.dataset.write !== undefined;
  }

  /** @returns {Wanted[]} */
  get #wanted() {
    return JSON.parse(this.dataset.write ?? this.dataset.profiles ?? "[]");
  }

  get #agent() {
    return new CardAgent(this.dataset.agent ?? ADDRESS);
  }

  get #language() {
    const language = document.documentElement.lang;
    return ["kk", "ru", "en"].includes(language) ? language : "kk";
  }

  /** @param {Panel} panel @param {HTMLInputElement} field */
  #ask(panel, field) {
    const start = () => this.#start(panel, field);
    if (this.#writes) panel.show(panel.text("about-write"), panel.button("write", start));
    else panel.show(panel.text("about-keys"), panel.button("make", start));
  }

  /** @param {Panel} panel @param {HTMLInputElement} field */
  async #start(panel, field) {
    if (this.#busy) return;
    this.#busy = true;
    delete this.dataset.failure;
    try {
      panel.progress("looking");
      const card = await this.#agent.look();
      const shown = { label: card.label, serial: card.serial };
      panel.progress(card.ownKeys ? "pin-reader" : "pin-agent", shown);
      const { value, lines } = this.#writes ? await this.#write() : await this.#make();
      field.value = value;
      this.#done(panel, [panel.words("card", shown), ...lines]);
    } catch (thrown) {
      const { code } = asFailure(thrown);
      this.dataset.failure = code;
      panel.fail(code);
    } finally {
      this.#busy = false;
    }
  }

  /** @returns {Promise<{value: string, lines: string[]}>} what the form takes, and what the person reads */
  async #make() {
    const wanted = this.#wanted;
    const about = { ...(this.dataset.iin && { iin: this.dataset.iin }), language: this.#language };
    const keys = await this.#agent.makeKeys(wanted.map(({ profile }) => profile), about);
    const prints = keys.map(async ({ request }, at) => `${wanted[at].name}: ${await fingerprint(fromBase64(request))}`);
    return { value: JSON.stringify(keys), lines: await Promise.all(prints) };
  }

  /** @returns {Promise<{value: string, lines: string[]}>} */
  async #write() {
    const wanted = this.#wanted;
    const kept = await this.#agent.write(wanted.map(({ certificate }) => certificate ?? ""), this.#language);
    const value = wanted.map(({ profile }, at) => ({ profile, certificate: kept[at] }));
    return { value: JSON.stringify(value), lines: wanted.map(({ name }) => name) };
  }

  /** @param {Panel} panel @param {string[]} lines */
  #done(panel, lines) {
    panel.progress("");
    const words = this.#writes ? panel.words("written") : panel.words("made");
    const title = make("h3", { class: "govuk-heading-s", tabindex: "-1" }, words);
    panel.show(title, make("ul", { class: "govuk-list qz-keys__list" }, ...lines.map((line) => make("li", {}, line))), panel.text("next"));
    title.focus();
    this.dataset.done = "";
    this.dispatchEvent(new CustomEvent("qz-card-done", { bubbles: true }));
  }

  /** Keys that were made before, on this page or in another session. @param {Panel} panel @param {HTMLInputElement} field */
  #remember(panel, field) {
    this.dataset.done = "";
    panel.show(panel.text("known"), panel.button("anew", () => this.#forget(panel, field), "govuk-button--secondary"));
  }

  /** @param {Panel} panel @param {HTMLInputElement} field */
  #forget(panel, field) {
    field.value = "";
    delete this.dataset.done;
    this.#ask(panel, field);
    panel.body.querySelector("button")?.focus();
  }
}
