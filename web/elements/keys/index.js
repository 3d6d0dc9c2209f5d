// Everything for making keys and installing certificates; loaded only by pages that do either.
import { QzInstall } from "../install/element.js";
import { QzKeys } from "./element.js";

customElements.define("qz-keys", QzKeys);
customElements.define("qz-install", QzInstall);
