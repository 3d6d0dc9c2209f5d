// `npm run build`: everything that the server embeds, from the lockfile alone, into the ignored folder web/dist.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Assets } from "./assets.js";
import { addFonts } from "./fonts.js";
import { addScripts } from "./scripts.js";
import { addStyles } from "./styles.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = new Assets(join(root, "dist"));

await addFonts(assets);
for (const picture of ["mark.svg", "check.svg", "favicon.svg"]) assets.add(picture, readFileSync(join(root, "style", picture)));
assets.add("third-party.txt", readFileSync(join(root, "THIRD-PARTY.md")));
await addStyles(assets, root);
await addScripts(assets, root);
assets.finish();

for (const [name, { file, bytes }] of Object.entries(assets.manifest)) console.log(`${name.padEnd(16)} ${String(bytes).padStart(7)}  ${file}`);
