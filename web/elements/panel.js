// The box of an element that takes a password: fields that belong to no form, progress, one failure at a time, links that save a file.
import { make } from "./dom.js";

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Words */

/** No form has this id: fields that name it belong to no form, so a file or a password cannot be sent by accident. */
const NO_FORM = "qz-no-form";

let count = 0;

export class Panel {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    this.id = `qz-panel-${(count += 1)}`;
    this.status = make("p", { role: "status", class: "qz-sign__status" });
    this.error = make("div", { role: "alert", class: "qz-sign__error", tabindex: "-1", hidden: true });
    this.body = make("div");
    this.box = make("div", { class: "qz-sign__panel" }, this.error, this.body, this.status);
  }

  /** @param {...Node} children */
  show(...children) {
    this.body.replaceChildren(...children);
  }

  /** @param {string} key of the words; empty for nothing in progress @param {Record<string, string | number>} [values] */
  progress(key, values) {
    this.status.textContent = key && this.words(key, values);
    this.box.setAttribute("aria-busy", String(key !== ""));
    this.error.hidden = true;
  }

  /** @param {string} code */
  fail(code) {
    this.progress("");
    this.error.replaceChildren(make("p", { class: "qz-sign__error-next" }, this.words(`error-${code}`)));
    this.error.hidden = false;
    this.error.focus();
  }

  /** @param {string} key @param {Record<string, string | number>} [values] */
  text(key, values) {
    return make("p", { class: "govuk-body" }, this.words(key, values));
  }

  /** @param {string} name @param {Record<string, string>} attributes @param {boolean} [hint] whether there are words of help */
  input(name, attributes, hint = false) {
    const id = `${this.id}-${name}`;
    const input = /** @type {HTMLInputElement} */ (make("input", { ...attributes, id, form: NO_FORM }));
    const group = make("div", { class: "govuk-form-group" }, make("label", { class: "govuk-label govuk-label--s", for: id }, this.words(`${name}-label`)));
    if (hint) {
      input.setAttribute("aria-describedby", `${id}-hint`);
      group.append(make("div", { class: "govuk-hint", id: `${id}-hint` }, this.words(`${name}-hint`)));
    }
    group.append(attributes.type === "password" ? make("div", { class: "qz-sign__password-row" }, input, this.#reveal(input)) : input);
    return { input, group };
  }

  /** @param {string} name @param {string} autocomplete @param {boolean} [hint] */
  password(name, autocomplete, hint) {
    return this.input(name, { type: "password", class: "govuk-input qz-sign__password", autocomplete, spellcheck: "false" }, hint);
  }

  /** @param {string} key @param {() => void} press @param {string} [look] further classes */
  button(key, press, look = "") {
    const button = make("button", { type: "button", class: `govuk-button qz-sign__button ${look}` }, this.words(key));
    button.addEventListener("click", press);
    return button;
  }

  /**
   * A link that saves bytes as a file of this computer; they go through no network.
   * @param {string} text @param {string} name of the file @param {BlobPart} content @param {() => void} [pressed]
   */
  save(text, name, content, pressed = () => {}) {
    const href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    const link = make("a", { class: "govuk-button", role: "button", draggable: "false", href, download: name }, text);
    link.addEventListener("click", pressed);
    return link;
  }

  /** @param {HTMLInputElement} input */
  #reveal(input) {
    const button = make("button", { type: "button", class: "govuk-button govuk-button--secondary qz-sign__reveal", "aria-pressed": "false" }, this.words("password-show"));
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
    return button;
  }
}
