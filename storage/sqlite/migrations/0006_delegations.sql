-- Delegations: questions handed to a colleague by a one-use link, of whose token only the hash is kept;
-- which questions, and where the colleague stands among them, lie in `body`, sealed.

CREATE TABLE delegation (
    token_hash TEXT NOT NULL PRIMARY KEY,
    assessment TEXT NOT NULL,
    section TEXT NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER,
    colleague INTEGER,
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX delegation_of_assessment ON delegation (assessment);
