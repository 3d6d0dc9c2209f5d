// <qz-sign>: signs the bytes it is told of and submits the surrounding form with the signature.
import { signWithAgent } from "../agent/ncalayer.js";
import { toBase64 } from "../der/base64.js";
import { make } from "../dom.js";
import { asFailure, SignFailure } from "../failure.js";
import { signWithKeyFile } from "../key-file/index.js";
import { MAX_FILE } from "../key-file/pkcs12.js";
import { wordsOf } from "../words.js";
import { contentOf } from "./content.js";
import { View } from "./view.js";

const AGENT = "wss://127.0.0.1:13579";

export class QzSign extends HTMLElement {
  /** @type {View | undefined} */
  #view;
  #busy = false;

  connectedCallback() {
    if (this.#view) return;
    const known = (this.dataset.routes ?? "ncalayer file").split(/\s+/).filter((route) => route === "ncalayer" || route === "file");
    const view = new View(wordsOf(this), /** @type {import("./view.js").Route[]} */ (known));
    this.replaceChildren(view.panel, view.other([...this.childNodes]));
    view.button.addEventListener("click", () => this.#start(view));
    view.password.addEventListener("keydown", (event) => event.key === "Enter" && this.#start(view));
    this.#view = view;
    this.dataset.ready = "";
  }

  /** The button is never disabled: a second press while one is under way is ignored. @param {View} view */
  async #start(view) {
    if (this.#busy) return;
    this.#busy = true;
    delete this.dataset.failure;
    try {
      this.#submit(await this.#sign(view));
      view.progress("status-sending");
    } catch (thrown) {
      this.#fail(view, asFailure(thrown));
    } finally {
      this.#busy = false;
    }
  }

  /** @param {View} view @returns {Promise<Uint8Array>} */
  async #sign(view) {
    const asked = { demand: this.#demand(), now: new Date() };
    if (view.route === "ncalayer") {
      view.progress("status-loading");
      return signWithAgent({ ...asked, ...this.#agent(view), content: await contentOf(this.dataset) });
    }
    const { file, password } = await this.#keyFile(view);
    view.progress("status-opening");
    const cms = await signWithKeyFile({ ...asked, file, password, content: await contentOf(this.dataset) });
    view.forget();
    return cms;
  }

  /** @param {View} view */
  #agent(view) {
    return {
      address: this.dataset.ncalayer ?? AGENT,
      locale: this.dataset.locale ?? (document.documentElement.lang.slice(0, 2) || "kk"),
      testChain: "testChain" in this.dataset,
      tell: (/** @type {string} */ step) => view.progress(`status-${step}`),
    };
  }

  /** @returns {import("../key-file/suitable.js").Demand} */
  #demand() {
    return { purpose: this.dataset.purpose === "sign-in" ? "sign-in" : "sign", iin: this.dataset.iin || null };
  }

  /** @param {View} view */
  async #keyFile(view) {
    const file = view.file.files?.[0];
    if (!file) throw new SignFailure("no-file");
    if (view.password.value === "") throw new SignFailure("no-password");
    if (file.size > MAX_FILE) throw new SignFailure("bad-file", "too large");
    return { file: new Uint8Array(await file.arrayBuffer()), password: view.password.value };
  }

  /** @param {Uint8Array} cms */
  #submit(cms) {
    const form = this.closest("form");
    const name = this.dataset.name ?? "cms";
    const field = this.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`) ?? make("input", { type: "hidden", name });
    /** @type {HTMLInputElement} */ (field).value = toBase64(cms);
    this.append(field);
    this.dispatchEvent(new CustomEvent("qz-signed", { bubbles: true }));
    if (!form) return;
    form.noValidate = true;
    form.requestSubmit();
  }

  /** @param {View} view @param {SignFailure} failure */
  #fail(view, failure) {
    this.dataset.failure = failure.code;
    view.fail(failure.code);
    this.dispatchEvent(new CustomEvent("qz-sign-failed", { bubbles: true, detail: { code: failure.code } }));
  }
}
