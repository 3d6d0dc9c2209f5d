// What a person sees while signing: the choice of a route, the key file's fields, progress, one failure at a time.
import { make } from "../dom.js";

/** @typedef {"ncalayer" | "file"} Route */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Words */

/** No form has this id: fields that name it belong to no form, so a key or a password cannot be sent by accident. */
const NO_FORM = "qz-no-form";

let count = 0;

export class View {
  /** @param {Words} words @param {Route[]} routes */
  constructor(words, routes) {
    this.words = words;
    this.id = `qz-sign-${(count += 1)}`;
    /** @type {Route} */
    this.route = routes[0];
    this.file = this.#input("file", { type: "file", class: "govuk-file-upload", accept: ".p12,.pfx", "aria-describedby": `${this.id}-file-hint` });
    this.password = this.#input("password", { type: "password", class: "govuk-input qz-sign__password", autocomplete: "off", spellcheck: "false" });
    this.button = make("button", { type: "button", class: "govuk-button qz-sign__button" });
    this.status = make("p", { role: "status", class: "qz-sign__status" });
    this.error = make("div", { role: "alert", class: "qz-sign__error", tabindex: "-1", hidden: true });
    this.fields = this.#fields();
    this.panel = make("div", { class: "qz-sign__panel" }, ...this.#choice(routes), this.error, this.fields, this.button, this.status);
    this.choose(this.route);
  }

  /** @param {Route} route */
  choose(route) {
    this.route = route;
    this.fields.hidden = route !== "file";
    this.button.textContent = this.words(`button-${route}`);
  }

  /** @param {string} key of the words; empty for nothing in progress */
  progress(key) {
    this.status.textContent = key && this.words(key);
    this.panel.setAttribute("aria-busy", String(key !== ""));
    this.error.hidden = true;
  }

  /** @param {string} code */
  fail(code) {
    this.progress("");
    this.error.replaceChildren(
      make("h2", { class: "qz-sign__error-title" }, this.words(`error-${code}-title`)),
      make("p", {}, this.words(`error-${code}-text`)),
      make("p", { class: "qz-sign__error-next" }, this.words(`error-${code}-next`)),
      make("p", { class: "qz-sign__error-code" }, this.words("support", { code })),
    );
    this.error.hidden = false;
    this.error.focus();
  }

  /** The password must not outlive its use. */
  forget() {
    this.password.value = "";
  }

  /** @param {Node[]} content the way without scripts, kept as the last resort */
  other(content) {
    const summary = make("summary", { class: "govuk-details__summary" }, make("span", { class: "govuk-details__summary-text" }, this.words("other-summary")));
    return make("details", { class: "govuk-details qz-sign__other" }, summary, make("div", { class: "govuk-details__text" }, ...content));
  }

  /** @param {Route[]} routes */
  #choice(routes) {
    if (routes.length < 2) return [];
    const legend = make("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--m" }, this.words("legend"));
    const items = make("div", { class: "govuk-radios" }, ...routes.map((route, index) => this.#option(route, index === 0)));
    return [make("div", { class: "govuk-form-group" }, make("fieldset", { class: "govuk-fieldset" }, legend, items))];
  }

  /** @param {Route} route @param {boolean} checked */
  #option(route, checked) {
    const id = `${this.id}-${route}`;
    const radio = make("input", { class: "govuk-radios__input", type: "radio", name: this.id, id, value: route, form: NO_FORM, checked, "aria-describedby": `${id}-hint` });
    radio.addEventListener("change", () => this.choose(route));
    const label = make("label", { class: "govuk-label govuk-radios__label", for: id }, this.words(`route-${route}`));
    const hint = make("div", { class: "govuk-hint govuk-radios__hint", id: `${id}-hint` }, this.words(`route-${route}-hint`));
    return make("div", { class: "govuk-radios__item" }, radio, label, hint);
  }

  /** @param {string} name @param {Record<string, string>} attributes */
  #input(name, attributes) {
    return /** @type {HTMLInputElement} */ (make("input", { ...attributes, id: `${this.id}-field-${name}`, form: NO_FORM }));
  }

  #fields() {
    const file = [this.#label("file"), make("div", { class: "govuk-hint", id: `${this.id}-file-hint` }, this.words("file-hint")), this.file];
    const password = [this.#label("password"), make("div", { class: "qz-sign__password-row" }, this.password, this.#reveal())];
    const groups = [file, password].map((children) => make("div", { class: "govuk-form-group" }, ...children));
    return make("div", { class: "qz-sign__fields" }, ...groups);
  }

  /** @param {string} name */
  #label(name) {
    return make("label", { class: "govuk-label govuk-label--s", for: `${this.id}-field-${name}` }, this.words(`${name}-label`));
  }

  #reveal() {
    const button = make("button", { type: "button", class: "govuk-button govuk-button--secondary qz-sign__reveal", "aria-pressed": "false" }, this.words("password-show"));
    button.addEventListener("click", () => {
      const shown = this.password.type === "password";
      this.password.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
    return button;
  }
}
