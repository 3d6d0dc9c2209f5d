// Bundles the scripts: `sign.js` holds the cryptography and is fetched only by pages with something to sign, `keys.js` by those that make or install keys, `card.js` by those that reach a card.
import { build } from "esbuild";

/**
 * @param {import("./assets.js").Assets} assets
 * @param {string} root folder of package.json
 */
export async function addScripts(assets, root) {
  const sign = assets.add("sign.js", await bundle(`${root}/elements/sign/index.js`, {}));
  const keys = assets.add("keys.js", await bundle(`${root}/elements/keys/index.js`, {}));
  const card = assets.add("card.js", await bundle(`${root}/elements/card/index.js`, {}));
  const modules = { SIGN_MODULE: JSON.stringify(`./${sign}`), KEYS_MODULE: JSON.stringify(`./${keys}`), CARD_MODULE: JSON.stringify(`./${card}`) };
  assets.add("app.js", await bundle(`${root}/elements/app.js`, modules));
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
    external: ["./sign.*.js", "./keys.*.js", "./card.*.js"],
    define,
  });
  return result.outputFiles[0].contents;
}
