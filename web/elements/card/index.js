// Everything for the card in an operator's reader; loaded only by pages of the desk that need it.
import { QzCard } from "./element.js";

customElements.define("qz-card", QzCard);
