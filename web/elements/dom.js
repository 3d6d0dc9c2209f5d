// Builds elements without markup strings, which Trusted Types forbid.

/**
 * @param {string} tag
 * @param {Record<string, string | boolean>} [attributes] true stands for an empty attribute, false for none
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}
