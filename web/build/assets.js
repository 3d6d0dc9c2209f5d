// Writes finished files under content-addressed names and keeps the manifest the server reads.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, extname, basename } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Formats that are already compressed gain nothing from br or gz copies. */
const PACKED = new Set([".woff2", ".png"]);

/** A folder of immutable files: `app.css` is stored as `app.<hash8>.css`, so it may be cached for ever. */
export class Assets {
  /** @param {string} folder emptied first, so that no file of an older build is ever embedded */
  constructor(folder) {
    this.folder = folder;
    /** @type {Record<string, {file: string, sha256: string, bytes: number}>} */
    this.manifest = {};
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /**
   * @param {string} name the stable name that templates ask for
   * @param {Uint8Array | string} content
   * @returns {string} the hashed file name
   */
  add(name, content) {
    const bytes = Buffer.from(content);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const extension = extname(name);
    const file = `${basename(name, extension)}.${sha256.slice(0, 8)}${extension}`;
    writeFileSync(join(this.folder, file), bytes);
    if (!PACKED.has(extension)) this.#pack(file, bytes);
    this.manifest[name] = { file, sha256, bytes: bytes.length };
    return file;
  }

  /** @param {string} file @param {Buffer} bytes */
  #pack(file, bytes) {
    const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    writeFileSync(join(this.folder, `${file}.br`), brotliCompressSync(bytes, brotli));
    writeFileSync(join(this.folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }

  /** Last, so that a failed build leaves a folder without a manifest, which the server refuses. */
  finish() {
    const sorted = Object.fromEntries(Object.entries(this.manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(join(this.folder, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
  }
}
