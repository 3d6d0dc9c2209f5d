// Asks NCALayer, the state's signing program, for a detached signature (module kz.gov.pki.knca.basics).
import { fromBase64, toBase64 } from "../der/base64.js";
import { OID } from "../der/oids.js";
import { DerError, TAG } from "../der/read.js";
import { SignFailure } from "../failure.js";
import { demandSuitable } from "../key-file/suitable.js";
import { converse } from "./connection.js";
import { loopbackPermission } from "./permission.js";
import { signerCertificate } from "./signer.js";

/**
 * @typedef {object} AgentRequest
 * @property {string} address
 * @property {Uint8Array} content
 * @property {import("../key-file/suitable.js").Demand} demand
 * @property {string} locale language of the agent's own window
 * @property {boolean} testChain whether keys of test authorities are offered too
 * @property {Date} now
 * @property {(step: "ask-permission" | "wait-agent") => void} tell called before the person has something to do elsewhere
 */

/**
 * @param {AgentRequest} request
 * @returns {Promise<Uint8Array>} detached CMS
 * @throws {SignFailure}
 */
export async function signWithAgent(request) {
  const permission = await loopbackPermission();
  if (permission === "denied") throw new SignFailure("permission-refused");
  if (permission === "prompt") request.tell("ask-permission");
  const conversation = await converse(request.address, permission);
  try {
    request.tell("wait-agent");
    const cms = readAnswer(await conversation.ask(signRequest(request)));
    demandSuitableSigner(cms, request.demand, request.now);
    return cms;
  } finally {
    conversation.close();
  }
}

/** @param {AgentRequest} request */
function signRequest({ content, demand, locale, testChain }) {
  /** @type {Record<string, unknown>} */
  const signerParams = { extKeyUsageOids: demand.purpose === "sign" ? [OID.emailProtection] : [] };
  if (demand.iin) signerParams.iin = demand.iin;
  if (testChain) signerParams.chain = [];
  return {
    module: "kz.gov.pki.knca.basics",
    method: "sign",
    args: {
      allowedStorages: null,
      format: "cms",
      data: toBase64(content),
      signingParams: { decode: true, encapsulate: false, digested: false },
      signerParams,
      locale,
    },
  };
}

/**
 * A cancelled window is a success without a result; the older module says the same with a code.
 * @param {any} answer checked member by member
 */
function readAnswer(answer) {
  if (answer.message === "action.canceled") throw new SignFailure("cancelled");
  if (answer.status !== true) throw new SignFailure("agent-error", `code ${String(answer.code ?? "none").slice(0, 40)}`);
  const result = answer.body?.result;
  if (result === undefined || result === null) throw new SignFailure("cancelled");
  const text = Array.isArray(result) ? result[0] : result;
  if (typeof text !== "string") throw new SignFailure("agent-error", "no signature in the answer");
  try {
    return fromBase64(text);
  } catch {
    throw new SignFailure("agent-error", "signature is not base64");
  }
}

/**
 * The agent may write lengths in a way that only a full reader takes; then the check is left to the server, which makes it in any case.
 * @param {Uint8Array} cms @param {import("../key-file/suitable.js").Demand} demand @param {Date} now
 */
function demandSuitableSigner(cms, demand, now) {
  if (cms[0] !== TAG.SEQUENCE) throw new SignFailure("agent-error", "not a signature");
  let certificate;
  try {
    certificate = signerCertificate(cms);
  } catch (thrown) {
    if (thrown instanceof DerError) return;
    throw thrown;
  }
  demandSuitable(certificate, demand, now);
}
