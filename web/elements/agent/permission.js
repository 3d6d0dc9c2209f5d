// Whether the browser lets this page speak with a program on the same computer (Chromium's local network access).

/** Two names for the same thing, the newer first. */
const NAMES = ["loopback-network", "local-network-access"];

/** @returns {Promise<"granted" | "prompt" | "denied" | "unknown">} `unknown` where the browser has no such permission, and so no such barrier */
export async function loopbackPermission() {
  for (const name of NAMES) {
    try {
      const { state } = await navigator.permissions.query({ name: /** @type {PermissionName} */ (name) });
      return state;
    } catch {
      // The browser does not know this name: ask for the next one.
    }
  }
  return "unknown";
}
