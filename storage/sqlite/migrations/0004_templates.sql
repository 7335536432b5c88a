-- Word templates: the one in use and the one that waits for a yes, each assessment; the file lies in `body`, sealed.

CREATE TABLE template (
    assessment TEXT NOT NULL,
    state TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    sent_by INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (assessment, state)
);
