// Invented people with real keys: a small authority made with the openssl program, in a throw-away folder.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Twelve digits with a right check digit, of nobody. */
export const IIN = "900101300017";
export const OTHER_IIN = "910202400024";
export const PASSWORD = "Qupia-soz-12";

const PERSON = "1.2.398.3.3.4.1.1";
const SIGN = `emailProtection,${PERSON}`;
const AUTH = `clientAuth,${PERSON}`;

/** @typedef {"ec" | "ec384" | "rsa"} Kind */

const KEY_OPTIONS = {
  ec: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  ec384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
};

/** @param {Date} at */
const stamp = (at) => at.toISOString().replace(/[-:T]|\.\d+/g, "");
const DAY = 86_400_000;

export class Authority {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "qyzmet-keys-"));
    this.count = 0;
    writeFileSync(this.path("serials"), "1000\n");
    writeFileSync(this.path("index"), "");
    writeFileSync(this.path("ca.cnf"), CA_CONFIG);
    this.#newKey("root", "ec");
    this.run("req", "-x509", "-new", "-key", "root.key", "-out", "root.pem", "-days", "3650", "-subj", "/CN=Sinaq tubir");
    this.#newKey("issuer", "ec");
    this.#issue("issuer", "/CN=Sinaq kuälandyrushy", "issuing", "root", [-DAY, 900 * DAY], "");
    writeFileSync(this.path("chain.pem"), this.read("issuer.pem") + this.read("root.pem"));
  }

  /** @param {string} name */
  path(name) {
    return join(this.folder, name);
  }

  /** @param {string} name */
  read(name) {
    return readFileSync(this.path(name), "utf8");
  }

  /** @param {...string} args */
  run(...args) {
    return execFileSync("openssl", args, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
  }

  /**
   * @param {object} wish
   * @param {Kind} [wish.kind] @param {boolean} [wish.auth] @param {string} [wish.iin]
   * @param {[number, number]} [wish.valid] from and until, milliseconds from now
   * @param {string[]} [wish.exportOptions] further options of `openssl pkcs12 -export`
   * @returns {{file: Buffer, path: string, name: string}}
   */
  keyFile({ kind = "ec", auth = false, iin = IIN, valid = [-DAY, 30 * DAY], exportOptions = [] } = {}) {
    const name = `person-${(this.count += 1)}`;
    this.#newKey(name, kind);
    this.#issue(name, `/CN=ӘБІЛҚАСЫМҰЛЫ ҒАЛЫМ/SN=ӘБІЛҚАСЫМҰЛЫ/serialNumber=IIN${iin}/C=KZ`, "person", "issuer", valid, auth ? AUTH : SIGN);
    const files = ["-inkey", `${name}.key`, "-in", `${name}.pem`, "-certfile", "chain.pem"];
    this.run("pkcs12", "-export", ...files, "-out", `${name}.p12`, "-passout", `pass:${PASSWORD}`, ...exportOptions);
    return { file: readFileSync(this.path(`${name}.p12`)), path: this.path(`${name}.p12`), name };
  }

  /**
   * Throws unless OpenSSL accepts the signature over the content as CAdES, with the chain up to our root.
   * @param {Uint8Array} cms @param {Uint8Array} content
   */
  verify(cms, content) {
    writeFileSync(this.path("cms.der"), cms);
    writeFileSync(this.path("content.bin"), content);
    const how = ["-verify", "-cades", "-binary", "-inform", "DER", "-in", "cms.der", "-content", "content.bin", "-out", "verified.bin"];
    this.run("cms", ...how, "-CAfile", "root.pem", "-purpose", "any");
  }

  /** @param {string} name the person's @param {Uint8Array} content @returns {Buffer} a detached signature such as an agent makes */
  sign(name, content) {
    writeFileSync(this.path("to-sign.bin"), content);
    const how = ["-sign", "-binary", "-cades", "-outform", "DER", "-in", "to-sign.bin", "-out", "made.der", "-md", "sha256"];
    this.run("cms", ...how, "-signer", `${name}.pem`, "-inkey", `${name}.key`, "-certfile", "issuer.pem");
    return readFileSync(this.path("made.der"));
  }

  /**
   * A certificate for a request, with a subject of our own: what the request says of its subject is not asked.
   * @param {Uint8Array} request @param {{auth?: boolean, iin?: string}} [wish]
   * @returns {Buffer} DER
   */
  certify(request, { auth = false, iin = IIN } = {}) {
    const name = `asked-${(this.count += 1)}`;
    writeFileSync(this.path(`${name}.der`), request);
    this.run("req", "-inform", "DER", "-in", `${name}.der`, "-out", `${name}.csr`);
    this.#sign(name, "person", "issuer", [-DAY, 30 * DAY], auth ? AUTH : SIGN, ["-subj", `/CN=ӘБІЛҚАСЫМҰЛЫ ҒАЛЫМ/serialNumber=IIN${iin}`]);
    return this.run("x509", "-in", `${name}.pem`, "-outform", "DER");
  }

  /** @returns {Buffer[]} DER of the authorities, from the issuing one to the root */
  chain() {
    return ["issuer", "root"].map((name) => this.run("x509", "-in", `${name}.pem`, "-outform", "DER"));
  }

  /** @param {string} name @param {Kind} kind */
  #newKey(name, kind) {
    this.run("genpkey", ...KEY_OPTIONS[kind], "-out", `${name}.key`);
  }

  /** @param {string} name @param {string} subject @param {string} section @param {string} by @param {[number, number]} valid @param {string} usages */
  #issue(name, subject, section, by, valid, usages) {
    this.run("req", "-new", "-utf8", "-key", `${name}.key`, "-out", `${name}.csr`, "-subj", subject);
    this.#sign(name, section, by, valid, usages, []);
  }

  /** @param {string} name @param {string} section @param {string} by @param {[number, number]} valid @param {string} usages @param {string[]} more options */
  #sign(name, section, by, valid, usages, more) {
    writeFileSync(this.path(`${name}.cnf`), CA_CONFIG.replace("USAGES", usages || "anyExtendedKeyUsage"));
    const [from, until] = valid.map((offset) => stamp(new Date(Date.now() + offset)));
    const dates = ["-startdate", from, "-enddate", until];
    const signing = ["-cert", `${by}.pem`, "-keyfile", `${by}.key`, "-extensions", section, "-config", `${name}.cnf`];
    this.run("ca", "-batch", "-notext", "-utf8", "-in", `${name}.csr`, "-out", `${name}.pem`, ...dates, ...signing, ...more);
  }
}

const CA_CONFIG = `
[ca]
default_ca = here
[here]
database = index
serial = serials
new_certs_dir = .
default_md = sha256
policy = anything
unique_subject = no
[anything]
commonName = supplied
surname = optional
serialNumber = optional
countryName = optional
[issuing]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
extendedKeyUsage = USAGES
`;
