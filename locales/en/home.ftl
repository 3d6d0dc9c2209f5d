# English, from the Kazakh.

home-title = Public services in one place
home-lead = Find a service, send a request and follow every step of it.
home-services = Services
home-verify = Check that a document is genuine
home-verify-text = Every document of the portal has a unique number and a QR code. Anyone can check it without signing in.
home-verify-link = Check a document
