-- Versions of regulations that could not be taken into use, with the reasons: for the administrator's page.
CREATE TABLE rejected_versions (
    service TEXT NOT NULL,
    version TEXT NOT NULL,
    published BOOLEAN NOT NULL,
    reasons TEXT NOT NULL,
    found_at BIGINT NOT NULL,
    PRIMARY KEY (service, version)
);

-- Counts the cases that hang on a version without a walk through all that are over.
CREATE INDEX cases_running ON cases (service, version) WHERE status IN ('open', 'running');
