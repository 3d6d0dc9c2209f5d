// A stand-in for NCALayer: a WebSocket over TLS with a certificate made for the test, answering as it is told.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocketServer } from "ws";

/** @typedef {(request: any) => unknown} Answer an object to send, or "drop" to cut the line, or a text to send as it is */

export class Agent {
  constructor() {
    /** @type {any[]} */
    this.requests = [];
    /** @type {Answer} */
    this.answer = () => "drop";
    this.server = https.createServer(ownCertificate());
    this.sockets = new WebSocketServer({ server: this.server });
    this.sockets.on("connection", (socket) => this.#serve(socket));
  }

  async start() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return this;
  }

  get address() {
    return `wss://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (this.server.address()).port}`;
  }

  stop() {
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
    this.server.close();
  }

  /** @param {import("ws").WebSocket} socket */
  #serve(socket) {
    socket.send(JSON.stringify({ result: { version: "1.4" } }));
    socket.on("message", (data) => {
      const request = JSON.parse(data.toString());
      this.requests.push(request);
      const answer = this.answer(request);
      if (answer === "drop") socket.terminate();
      else socket.send(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
  }
}

function ownCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "qyzmet-agent-"));
  const out = ["-keyout", "agent.key", "-out", "agent.pem", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", ...out, "-subj", "/CN=127.0.0.1"], { cwd: folder, stdio: "ignore" });
  return { key: readFileSync(join(folder, "agent.key")), cert: readFileSync(join(folder, "agent.pem")) };
}
