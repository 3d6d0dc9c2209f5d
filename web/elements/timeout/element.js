// <qz-timeout>: warns before a session ends and lengthens it with one press, without leaving the page.
import { fill } from "../words.js";

export class QzTimeout extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  #ends = 0;

  connectedCallback() {
    const form = this.#dialog?.querySelector("form");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#extend(form);
    });
    this.#begin();
    this.#ticking = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  #begin() {
    this.#ends = Date.now() + Number(this.dataset.expiresIn ?? 900) * 1000;
  }

  /** Wall-clock time, because a sleeping computer runs no timers. */
  #tick() {
    const left = Math.ceil((this.#ends - Date.now()) / 1000);
    const dialog = this.#dialog;
    if (left <= 0) {
      clearInterval(this.#ticking);
      if (this.dataset.endedUrl) location.assign(this.dataset.endedUrl);
    } else if (dialog && left <= Number(this.dataset.warnBefore ?? 120)) {
      this.#show(left);
      if (!dialog.open) dialog.showModal();
    }
  }

  /** @param {number} left seconds */
  #show(left) {
    const place = this.querySelector(".qz-timeout__left");
    const text = fill(this.dataset.left ?? "{minutes}:{seconds}", { minutes: Math.floor(left / 60), seconds: left % 60 });
    if (place && place.textContent !== text) place.textContent = text;
  }

  /** @param {HTMLFormElement} form */
  async #extend(form) {
    try {
      const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      this.#begin();
      this.#dialog?.close();
    } catch {
      form.submit(); // The server's own page then says what happened.
    }
  }
}
