// Everything that signing needs; loaded only by pages that have something to sign.
import { QzSign } from "./element.js";

customElements.define("qz-sign", QzSign);
