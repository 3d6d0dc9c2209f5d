// The exact bytes that are to be signed.
import { fromBase64 } from "../der/base64.js";
import { SignFailure } from "../failure.js";

/**
 * @param {DOMStringMap} data `content` in base64, or `url` on this site
 * @returns {Promise<Uint8Array>}
 * @throws {SignFailure} `content-unavailable`
 */
export async function contentOf(data) {
  try {
    return data.content === undefined ? await fetched(data.url ?? "") : fromBase64(data.content);
  } catch (thrown) {
    throw new SignFailure("content-unavailable", thrown instanceof Error ? thrown.message : undefined);
  }
}

/** @param {string} address */
async function fetched(address) {
  const url = new URL(address, location.href);
  // What another site answers must never be signed as ours.
  if (address === "" || url.origin !== location.origin) throw new Error("not an address of this site");
  const response = await fetch(url, { credentials: "same-origin", redirect: "error", cache: "no-store" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
