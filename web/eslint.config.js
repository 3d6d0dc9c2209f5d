// The house rules that a machine can see: small files, small functions, no markup strings, no loose ends.
const BROWSER = ["window", "document", "customElements", "HTMLElement", "CustomEvent", "EventSource", "WebSocket", "navigator", "location", "crypto", "fetch", "URL", "Blob", "CSS", "FormData", "URLSearchParams"];
const COMMON = ["console", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "TextEncoder", "TextDecoder", "btoa", "atob", "AbortController", "process", "Buffer", "performance", "requestAnimationFrame", "getComputedStyle"];
const readable = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"].map((property) => ({ property, message: "Trusted Types forbid markup strings." }));

export default [
  {
    files: ["**/*.js"],
    ignores: ["dist/**", "gallery/**"],
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { ...readable([...BROWSER, ...COMMON]), SIGN_MODULE: "readonly", KEYS_MODULE: "readonly", CARD_MODULE: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 30, skipComments: true }],
      "max-params": ["error", 6],
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": ["error", ...MARKUP],
      "no-inline-comments": "off",
      "no-warning-comments": "error",
    },
  },
  { files: ["elements/**/*.js"], rules: { "no-console": "error" } },
  { files: ["test/**/*.js"], rules: { "max-lines-per-function": ["error", { max: 80 }] } },
];
