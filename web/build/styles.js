// Compiles the style sheet, binds it to the hashed names of fonts and pictures, and refuses what we may not ship.
import { compile } from "sass";
import { transform } from "esbuild";

/** Restricted to gov.uk by its owner, so a build that contains it must not exist. */
const FORBIDDEN = "GDS Transport";

/**
 * @param {import("./assets.js").Assets} assets fonts and pictures must have been added before
 * @param {string} root folder of package.json
 */
export async function addStyles(assets, root) {
  const { css } = compile(`${root}/style/app.scss`, { loadPaths: [`${root}/node_modules`], quietDeps: true });
  const bound = css.replace(/url\("?([\w-]+\.(?:woff2|svg))"?\)/g, (_, name) => `url("${hashed(assets, name)}")`);
  const { code } = await transform(bound, { loader: "css", minify: true, target: ["chrome109", "firefox115", "safari16"], legalComments: "none" });
  if (code.includes(FORBIDDEN)) throw new Error(`the style sheet contains "${FORBIDDEN}", which may be used on gov.uk only`);
  assets.add("app.css", code);
}

/** @param {import("./assets.js").Assets} assets @param {string} name */
function hashed(assets, name) {
  const known = assets.manifest[name];
  if (!known) throw new Error(`the style sheet names ${name}, which is not built`);
  return known.file;
}
