-- Surveys: flows that were added to an assessment, each version a row; what is asked lies in `body`, sealed.

CREATE TABLE survey (
    assessment TEXT NOT NULL,
    flow TEXT NOT NULL,
    version TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (assessment, flow, version)
);
