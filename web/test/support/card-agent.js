// A stand-in for the card agent of a workstation: real HTTP across origins, answers chosen by the test.
import http from "node:http";

export const CARD = { label: "Жеке куәлік", serial: "012345678", tries: "untold", ownKeys: false, certificates: [] };

export class FakeCardAgent {
  constructor() {
    /** @type {{path: string, body: any}[]} */
    this.asked = [];
    /** Answers by path; a function makes them from the question. @type {Record<string, [number, any | ((body: any) => any)]>} */
    this.answers = {};
    /** The one origin that it serves. */
    this.origin = "";
    this.server = http.createServer((request, response) => this.#answer(request, response));
  }

  /** @returns {Promise<this>} */
  async start() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return this;
  }

  get address() {
    return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (this.server.address()).port}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  async #answer(request, response) {
    if (request.headers.origin !== this.origin) {
      response.writeHead(403).end();
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", this.origin);
    if (request.method === "OPTIONS") {
      response.writeHead(204, { "Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "content-type", "Access-Control-Allow-Private-Network": "true" }).end();
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [path, body] = [request.url ?? "", text && JSON.parse(text)];
    this.asked.push({ path, body });
    const [status, answer] = this.answers[path] ?? [404, {}];
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(typeof answer === "function" ? answer(body) : answer));
  }
}
