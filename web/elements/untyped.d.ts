// Modules that bring no types, and the constant that the build puts in.
declare module "govuk-frontend/*";
declare module "subset-font" {
  export default function subsetFont(font: Uint8Array, text: string, options: { targetFormat: string }): Promise<Uint8Array>;
}
declare const SIGN_MODULE: string;
declare const KEYS_MODULE: string;
declare const CARD_MODULE: string;
