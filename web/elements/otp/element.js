// <qz-otp>: a one-time code: when a new one may be asked for, spaces forgiven, filled from the message where the browser can.
import { make } from "../dom.js";
import { fill } from "../words.js";

export class QzOtp extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  #abort = new AbortController();

  connectedCallback() {
    const input = this.querySelector("input");
    input?.addEventListener("input", () => strip(input));
    if (input) this.#listen(input);
    this.#count();
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
    this.#abort.abort();
  }

  /** The button appears when it works; until then a sentence says when. Counting is silent, only the end is announced. */
  #count() {
    const resend = /** @type {HTMLElement | null} */ (this.querySelector('[name="resend"]'));
    const wait = Number(this.dataset.resendIn ?? 0);
    if (!resend || !(wait > 0)) return;
    const until = Date.now() + wait * 1000;
    const note = make("p", { class: "govuk-hint qz-otp__wait" });
    const news = make("p", { class: "qz-otp__news", role: "status" });
    resend.before(note, news);
    const tick = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      resend.hidden = seconds > 0;
      note.hidden = seconds <= 0;
      note.textContent = fill(this.dataset.wait ?? "", { seconds });
      if (seconds > 0) return;
      clearInterval(this.#ticking);
      news.textContent = this.dataset.ready ?? "";
    };
    this.#ticking = setInterval(tick, 1000);
    tick();
  }

  /** Takes the code of a message that names this site (WebOTP). The person still presses the button. @param {HTMLInputElement} input */
  async #listen(input) {
    if (!("OTPCredential" in window)) return;
    try {
      const asked = /** @type {CredentialRequestOptions} */ ({ otp: { transport: ["sms"] }, signal: this.#abort.signal });
      const received = /** @type {{code?: string} | null} */ (await navigator.credentials.get(asked));
      if (!received?.code || input.value !== "") return;
      input.value = received.code;
      input.after(make("p", { class: "qz-otp__news", role: "status" }, this.dataset.filled ?? ""));
    } catch {
      // Refused, not supported or left: the person types the code.
    }
  }
}

/** @param {HTMLInputElement} input */
function strip(input) {
  const digits = input.value.replace(/[\s-]+/g, "");
  if (digits !== input.value) input.value = digits;
}
