// Words that the server put into an element's attributes; scripts hold none of their own.

/**
 * @param {HTMLElement} element with `data-words`, a JSON object of texts
 * @returns {(key: string, values?: Record<string, string | number>) => string} gives the key itself when a word is missing, so that the gap is seen
 */
export function wordsOf(element) {
  /** @type {Record<string, unknown>} */
  let words = {};
  try {
    words = JSON.parse(element.dataset.words ?? "{}");
  } catch {
    // Damaged words show as keys, which is better than no button at all.
  }
  return (key, values = {}) => fill(String(words[key] ?? key), values);
}

/** Puts values into `{name}` places. @param {string} text @param {Record<string, string | number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}
