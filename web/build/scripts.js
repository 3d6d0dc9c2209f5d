// Bundles the scripts: `sign.js` holds the cryptography and is fetched only by pages with something to sign.
import { build } from "esbuild";

/**
 * @param {import("./assets.js").Assets} assets
 * @param {string} root folder of package.json
 */
export async function addScripts(assets, root) {
  const sign = assets.add("sign.js", await bundle(`${root}/elements/sign/index.js`, {}));
  assets.add("app.js", await bundle(`${root}/elements/app.js`, { SIGN_MODULE: JSON.stringify(`./${sign}`) }));
}

/** @param {string} entry @param {Record<string, string>} define */
async function bundle(entry, define) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome109", "firefox115", "safari16"],
    legalComments: "none",
    write: false,
    external: ["./sign.*.js"],
    define,
  });
  return result.outputFiles[0].contents;
}
