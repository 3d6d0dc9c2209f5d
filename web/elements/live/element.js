// <qz-live>: follows a request by server-sent events and says aloud what changed.

/**
 * @typedef {object} Change
 * @property {string} [say] for the status line
 * @property {Record<string, string>} [texts] new text by element id
 * @property {Record<string, {state?: string, word?: string, note?: string}>} [items] steps of a timeline by element id
 * @property {boolean} [reload] the page is another one from now on
 */

const STATES = ["done", "now", "next", "failed", "skipped"];

export class QzLive extends HTMLElement {
  /** @type {EventSource | undefined} */
  #source;

  connectedCallback() {
    if (!this.dataset.url || this.#source) return;
    // The browser reconnects by itself and repeats the last event's id.
    this.#source = new EventSource(this.dataset.url);
    this.#source.addEventListener("change", (event) => this.#take(event.data));
    this.dataset.ready = "";
  }

  disconnectedCallback() {
    this.#source?.close();
    this.#source = undefined;
  }

  /** @param {string} data */
  #take(data) {
    /** @type {Change} */
    let change;
    try {
      change = JSON.parse(data);
    } catch {
      return; // The link for a plain reload is still on the page.
    }
    for (const [id, text] of Object.entries(change.texts ?? {})) this.#write(this.#find(id), text);
    for (const [id, item] of Object.entries(change.items ?? {})) this.#mark(this.#find(id), item);
    if (change.say) this.#write(this.querySelector('[role="status"]'), change.say);
    if (change.reload) this.#reload();
  }

  #reload() {
    this.disconnectedCallback();
    location.reload();
  }

  /** @param {string} id */
  #find(id) {
    return this.querySelector(`#${CSS.escape(id)}`);
  }

  /** @param {Element | null} element @param {string} text */
  #write(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  /** @param {Element | null} item @param {{state?: string, word?: string, note?: string}} to */
  #mark(item, { state, word, note }) {
    if (!item) return;
    if (state && STATES.includes(state)) {
      item.classList.remove(...STATES.map((known) => `qz-timeline__item--${known}`));
      item.classList.add(`qz-timeline__item--${state}`);
      item.toggleAttribute("aria-current", false);
      if (state === "now") item.setAttribute("aria-current", "step");
    }
    if (word !== undefined) this.#write(item.querySelector(".qz-timeline__state"), word);
    if (note !== undefined) this.#write(item.querySelector(".qz-timeline__note"), note);
  }
}
