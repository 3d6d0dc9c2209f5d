# English, from the Kazakh.

accessibility-title = Accessibility statement
accessibility-standard = The portal aims at level AA of WCAG 2.2 and at the national standard ST RK 2191-2023.
accessibility-works = Every page works with a keyboard, with a screen reader and on a screen 320 pixels wide. Everything but signing inside the page works without scripts.
accessibility-limits = The windows of NCALayer are not ours. If they do not suit you, you can upload a signature file.
accessibility-report = If something stands in your way, call 1414.
privacy-title = Personal data and cookies
privacy-what = The portal takes only the data that a service needs: from you and, with your consent, from state databases.
privacy-why = Each use of data is written to the journal with the clause that allows it.
privacy-who = Your cabinet shows who used your data and when, on the page “Use of my data”.
privacy-cookies = Only two cookies are used: the session and the language. There is no tracking and no advertising.
outage-title = Technical break
outage-when = The portal works day and night. Breaks for repair are announced on every page beforehand.
outage-kept = What you entered and sent is kept.
outage-terms = When a state database does not answer, the portal asks again by itself. It is no ground for a refusal.
