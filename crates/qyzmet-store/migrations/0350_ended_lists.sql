-- Ended revocation lists are looked for every minute, and before a document is destroyed it is asked who else names it.
CREATE INDEX revocation_lists_by_time ON revocation_lists (issuer, next_update);
CREATE INDEX revocation_lists_of_document ON revocation_lists (document);
CREATE INDEX papers_of_document ON papers (document) WHERE document IS NOT NULL;
