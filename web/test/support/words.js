// The portal's own words for an element, read from its locale files, so that the tests see what people see.
import { readdirSync, readFileSync } from "node:fs";

const LOCALES = new URL("../../../locales/", import.meta.url);

/** @param {"kk" | "ru" | "en"} language */
export const signingWords = (language) => elementWords("qz-sign", language);

/** @param {string} element @param {"kk" | "ru" | "en"} language @returns {Record<string, string>} */
export function elementWords(element, language) {
  const files = readdirSync(new URL(`${language}/`, LOCALES)).filter((name) => name.endsWith(".ftl"));
  const text = files.map((name) => readFileSync(new URL(`${language}/${name}`, LOCALES), "utf8")).join("\n");
  const lines = text.matchAll(new RegExp(`^${element}-([a-z-]+) = (.*)$`, "gm"));
  return Object.fromEntries([...lines].map(([, key, value]) => [key, value.replace(/\{"(\{\w+\})"\}/g, "$1")]));
}
