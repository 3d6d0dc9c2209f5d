// One WebSocket conversation with the signing agent on this computer: open, ask, answer, close.
import { SignFailure } from "../failure.js";
import { loopbackPermission } from "./permission.js";

/** The agent answers at once or not at all, unless the browser first asks the person for permission. */
const OPEN_WITHIN = 8_000;
const OPEN_WITH_QUESTION = 120_000;

/** @typedef {{ask: (request: object) => Promise<unknown>, close: () => void}} Conversation */

/**
 * @param {string} address
 * @param {"granted" | "prompt" | "unknown"} permission decides how long a person may need
 * @returns {Promise<Conversation>}
 * @throws {SignFailure} `agent-not-running`, `permission-refused`
 */
export async function converse(address, permission) {
  const socket = new WebSocket(address);
  try {
    await opened(socket, permission === "prompt" ? OPEN_WITH_QUESTION : OPEN_WITHIN);
  } catch {
    socket.close();
    // A refused connection, an unknown local certificate and a refusal by the browser all look the same from inside a page.
    throw new SignFailure((await loopbackPermission()) === "denied" ? "permission-refused" : "agent-not-running");
  }
  return { ask: (request) => ask(socket, request), close: () => socket.close() };
}

/** @param {WebSocket} socket @param {number} within milliseconds @returns {Promise<void>} */
function opened(socket, within) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, within);
    const settle = (/** @type {() => void} */ how) => () => {
      clearTimeout(timer);
      how();
    };
    socket.addEventListener("open", settle(resolve), { once: true });
    socket.addEventListener("close", settle(reject), { once: true });
  });
}

/**
 * The agent greets with its version and may send heartbeats; the first message that has a status or a code is the answer.
 * @param {WebSocket} socket @param {object} request @returns {Promise<unknown>}
 */
function ask(socket, request) {
  return new Promise((resolve, reject) => {
    socket.addEventListener("close", () => reject(new SignFailure("agent-error", "connection lost")), { once: true });
    socket.addEventListener("message", ({ data }) => {
      const message = parse(data);
      if (message === undefined) reject(new SignFailure("agent-error", "answer is not JSON"));
      else if (isAnswer(message)) resolve(message);
    });
    socket.send(JSON.stringify(request));
  });
}

/** @param {unknown} text @returns {unknown} */
function parse(text) {
  if (text === "--heartbeat--") return null;
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** @param {unknown} message */
const isAnswer = (message) => typeof message === "object" && message !== null && ("status" in message || "code" in message);
