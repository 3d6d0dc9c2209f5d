// <qz-install>: joins the keys that the person kept with the certificates that were issued for them, and saves key files.
import { fromBase64 } from "../der/base64.js";
import { make } from "../dom.js";
import { asFailure, SignFailure } from "../failure.js";
import { Panel } from "../panel.js";
import { wordsOf } from "../words.js";
import { keyFiles } from "./identities.js";

/** Far above any file of keys; a film chosen by mistake is refused before it is read. */
const MAX_FILE = 100_000;

export class QzInstall extends HTMLElement {
  /** @type {Panel | undefined} */
  #panel;
  #busy = false;

  connectedCallback() {
    if (this.#panel) return;
    const panel = new Panel(wordsOf(this));
    const file = panel.input("file", { type: "file", class: "govuk-file-upload", accept: ".pem" }, true);
    const password = panel.password("password", "off");
    const start = () => this.#start(panel, file.input, password.input);
    password.input.addEventListener("keydown", (event) => event.key === "Enter" && start());
    panel.show(make("div", { class: "qz-sign__fields" }, file.group, password.group), panel.button("join", start));
    this.replaceChildren(panel.box);
    this.#panel = panel;
    this.dataset.ready = "";
  }

  /** @param {Panel} panel @param {HTMLInputElement} file @param {HTMLInputElement} password */
  async #start(panel, file, password) {
    if (this.#busy) return;
    this.#busy = true;
    delete this.dataset.failure;
    try {
      const pending = await read(file, password.value);
      panel.progress("joining");
      this.#offer(panel, await keyFiles(pending, password.value, this.#order));
      password.value = "";
    } catch (thrown) {
      const { code } = asFailure(thrown);
      this.dataset.failure = code;
      panel.fail(code);
    } finally {
      this.#busy = false;
    }
  }

  /** What the page knows of the order: `data-certificates` and `data-chain`, certificates as base64 DER. */
  get #order() {
    /** @type {{profile: string, name: string, certificate: string}[]} */
    const certificates = JSON.parse(this.dataset.certificates ?? "[]");
    /** @type {string[]} */
    const chain = JSON.parse(this.dataset.chain ?? "[]");
    return { certificates: certificates.map((one) => ({ ...one, certificate: fromBase64(one.certificate) })), chain: chain.map(fromBase64) };
  }

  /** @param {Panel} panel @param {Awaited<ReturnType<typeof keyFiles>>} files */
  #offer(panel, files) {
    panel.progress("");
    const title = make("h3", { class: "govuk-heading-s", tabindex: "-1" }, panel.words("joined"));
    const links = files.map(({ profile, name, file }) => panel.save(panel.words("save", { name }), `qyzmet-${profile}.p12`, new Uint8Array(file)));
    panel.show(title, panel.text("save-about"), ...links, panel.text("after"));
    title.focus();
    this.dataset.joined = "";
  }
}

/** @param {HTMLInputElement} input @param {string} password */
async function read(input, password) {
  const file = input.files?.[0];
  if (!file) throw new SignFailure("no-file");
  if (password === "") throw new SignFailure("no-password");
  if (file.size > MAX_FILE) throw new SignFailure("bad-file", "too large");
  return file.text();
}
