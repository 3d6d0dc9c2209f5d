// A small site that serves the built assets under the portal's real policy, and remembers what was posted to it.
import { readFileSync, readdirSync } from "node:fs";
import http from "node:http";
import { extname, join } from "node:path";

const DIST = new URL("../../dist/", import.meta.url).pathname;
const TYPES = /** @type {Record<string, string>} */ ({ ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain" });

export const manifest = JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf8"));

/** The policy of every page; pages that sign may also speak with the agent. @param {string} [agent] */
const policy = (agent = "") =>
  [
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'",
    `frame-ancestors 'none'; connect-src 'self' ${agent}; require-trusted-types-for 'script'; trusted-types 'none'`,
  ].join("; ");

/** @typedef {(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer) => void} Handler */

export class Site {
  constructor() {
    /** @type {Map<string, Handler>} */
    this.routes = new Map();
    /** @type {{path: string, body: string}[]} */
    this.posts = [];
    /** What `connect-src` allows beside this site. */
    this.agent = "";
    this.server = http.createServer((request, response) => this.#answer(request, response));
  }

  /** @returns {Promise<this>} */
  async start() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return this;
  }

  get address() {
    // A name, not a number: browsers treat localhost as a secure place, which cryptography needs.
    return `http://localhost:${/** @type {import("node:net").AddressInfo} */ (this.server.address()).port}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** @param {string} path @param {string} body of the page @param {string} [lang] */
  page(path, body, lang = "kk") {
    this.routes.set(path, (_, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.setHeader("Content-Security-Policy", policy(this.agent));
      response.end(shell(body, lang));
    });
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  async #answer(request, response) {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (request.method === "POST") this.posts.push({ path, body: body.toString("latin1") });
    const handler = this.routes.get(path);
    if (handler) handler(request, response, body);
    else sendAsset(path, response);
  }
}

/** @param {string} path @param {http.ServerResponse} response */
function sendAsset(path, response) {
  const name = path.replace("/static/", "");
  if (!readdirSync(DIST).includes(name)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
  response.end(readFileSync(join(DIST, name)));
}

/** @param {string} body @param {string} lang */
const shell = (body, lang) => `<!doctype html>
<html lang="${lang}" class="govuk-template"><head><meta charset="utf-8"><title>Сынақ</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/static/${manifest["favicon.svg"].file}">
<link rel="stylesheet" href="/static/${manifest["app.css"].file}">
<script type="module" src="/static/${manifest["app.js"].file}"></script></head>
<body class="govuk-template__body qz-body">${body}</body></html>`;
