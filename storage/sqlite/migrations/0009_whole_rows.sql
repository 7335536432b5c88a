-- From here on a body is sealed for its whole row, which older programs cannot open: they refuse this schema.
-- Alerts: when the owners were last told of a trouble, by whichever worker.

CREATE TABLE alert (
    trouble TEXT NOT NULL PRIMARY KEY,
    told_at INTEGER NOT NULL,
    body BLOB NOT NULL
) WITHOUT ROWID;
