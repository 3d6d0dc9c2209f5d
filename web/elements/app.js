// The one script of every page: starts the design system's components and registers our own elements.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { QzLive } from "./live/element.js";
import { QzOtp } from "./otp/element.js";
import { QzProof } from "./proof/element.js";
import { QzTimeout } from "./timeout/element.js";

// Upstream sets this class with an inline script, which our content policy forbids. Without it the components stay silent.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) createAll(component);

customElements.define("qz-live", QzLive);
customElements.define("qz-otp", QzOtp);
customElements.define("qz-proof", QzProof);
customElements.define("qz-timeout", QzTimeout);

// Cryptography is fetched where there is something to sign or a key to make. Until it arrives, and if it never does, the page's plain way works.
if (document.querySelector("qz-sign")) import(SIGN_MODULE);
if (document.querySelector("qz-keys, qz-install")) import(KEYS_MODULE);
if (document.querySelector("qz-card")) import(CARD_MODULE);
