// <qz-keys>: makes key pairs in the page, hands the private ones to the person as a protected file, and puts the requests for their
// certificates into the form. No key and no password is ever sent.
import { toBase64 } from "../der/base64.js";
import { make } from "../dom.js";
import { asFailure, SignFailure } from "../failure.js";
import { Panel } from "../panel.js";
import { wordsOf } from "../words.js";
import { weakness } from "./password.js";
import { pendingFile } from "./pending.js";
import { fingerprint, newPair, requestFor } from "./request.js";

/** @typedef {{profile: string, name: string}} Wanted */
/** @typedef {{value: string, prints: string[], file: string}} Made requests as the form takes them, their fingerprints, the file of keys */

export class QzKeys extends HTMLElement {
  /** @type {Panel | undefined} */
  #panel;
  #busy = false;
  /** Whether there are keys that only this page has yet. */
  #unsaved = false;

  connectedCallback() {
    if (this.#panel) return;
    const panel = new Panel(wordsOf(this));
    const field = /** @type {HTMLInputElement} */ (this.querySelector("input[type=hidden]"));
    this.replaceChildren(panel.box, field);
    this.#panel = panel;
    field.closest("form")?.addEventListener("submit", (event) => this.#guard(event, panel));
    if (field.value === "") this.#ask(panel, field);
    else this.#remember(panel, field);
    this.dataset.ready = "";
  }

  /** @returns {Wanted[]} */
  get #wanted() {
    return JSON.parse(this.dataset.profiles ?? "[]");
  }

  /** @param {Panel} panel @param {HTMLInputElement} field */
  #ask(panel, field) {
    if (!globalThis.crypto?.subtle) {
      panel.fail("not-supported");
      return;
    }
    const password = panel.password("password", "new-password", true);
    const again = panel.password("again", "new-password");
    const start = () => this.#start(panel, field, [password.input, again.input]);
    again.input.addEventListener("keydown", (event) => event.key === "Enter" && start());
    const fields = make("div", { class: "qz-sign__fields" }, password.group, again.group);
    panel.show(panel.text("about"), fields, panel.button("make", start));
  }

  /** @param {Panel} panel @param {HTMLInputElement} field @param {HTMLInputElement[]} passwords the same one twice */
  async #start(panel, field, passwords) {
    if (this.#busy) return;
    this.#busy = true;
    delete this.dataset.failure;
    try {
      const [password, again] = passwords.map((input) => input.value);
      const weak = weakness(password);
      if (weak) throw new SignFailure(weak);
      if (password !== again) throw new SignFailure("passwords-differ");
      panel.progress("making");
      this.#offer(panel, field, await this.#make(password));
      for (const input of passwords) input.value = "";
    } catch (thrown) {
      this.#fail(panel, asFailure(thrown).code);
    } finally {
      this.#busy = false;
    }
  }

  /** @param {string} password @returns {Promise<Made>} */
  async #make(password) {
    const keys = [];
    const requests = [];
    const prints = [];
    for (const { profile, name } of this.#wanted) {
      const pair = await newPair();
      const request = await requestFor(pair);
      keys.push(pair.privateKey);
      requests.push({ profile, request: toBase64(request) });
      prints.push(`${name}: ${await fingerprint(request)}`);
    }
    return { value: JSON.stringify(requests), prints, file: await pendingFile(keys, password) };
  }

  /** The form gets its answer only with the press that saves the keys. @param {Panel} panel @param {HTMLInputElement} field @param {Made} made */
  #offer(panel, field, { value, prints, file }) {
    panel.progress("");
    this.#unsaved = true;
    const news = make("p", { class: "govuk-body", role: "status" });
    const saved = () => {
      field.value = value;
      this.#unsaved = false;
      panel.progress("");
      news.textContent = panel.words("saved");
      this.dataset.made = "";
      this.dispatchEvent(new CustomEvent("qz-keys-made", { bubbles: true }));
    };
    const title = make("h3", { class: "govuk-heading-s", tabindex: "-1" }, panel.words("made"));
    const name = `qyzmet-keys-${prints[0].slice(-19).replaceAll(" ", "")}.pem`;
    panel.show(title, panel.text("save-about"), panel.save(panel.words("save"), name, file, saved), news, this.#list(prints));
    title.focus();
  }

  /** Keys that were made before, on this page or in another session. @param {Panel} panel @param {HTMLInputElement} field */
  async #remember(panel, field) {
    this.dataset.made = "";
    const anew = panel.button("anew", () => this.#forget(panel, field), "govuk-button--secondary");
    panel.show(panel.text("known"), anew);
  }

  /** @param {Panel} panel @param {HTMLInputElement} field */
  #forget(panel, field) {
    field.value = "";
    delete this.dataset.made;
    this.#ask(panel, field);
    panel.body.querySelector("input")?.focus();
  }

  /** @param {string[]} lines */
  #list(lines) {
    return make("ul", { class: "govuk-list qz-keys__list" }, ...lines.map((line) => make("li", {}, line)));
  }

  /** Going on, also in another language, would lose keys that are not saved yet. @param {SubmitEvent} event @param {Panel} panel */
  #guard(event, panel) {
    if (!this.#unsaved) return;
    event.preventDefault();
    this.#fail(panel, "not-saved");
  }

  /** @param {Panel} panel @param {string} code */
  #fail(panel, code) {
    this.dataset.failure = code;
    panel.fail(code);
  }
}
