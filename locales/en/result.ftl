# English, from the Kazakh.

result-number = Unique number
result-qr = Scan to check
result-qr-alt = QR code with the address of the page that checks this document
result-signed = Who signed it
result-files = Files
result-pdf = PDF document (for printing)
result-json = Signed data (JSON)
result-p7s = Signature (P7S)
result-seal = Seal of the portal (P7S)
result-proof = Proof of inclusion in the journal
result-verify = Open on the public checking page
signer-name = Signed by
signer-organisation = Organisation
signer-at = Time
signer-serial = Certificate number
proof-title = Entry in the journal
proof-about = The journal of the portal has an entry about this document. The journal is sealed: no entry can be changed or removed unseen.
proof-soon = The journal entry will be sealed within a minute.
proof-leaf = Entry number / number of entries
proof-root = Root hash of the journal
