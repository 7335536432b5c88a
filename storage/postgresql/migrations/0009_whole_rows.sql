-- needs: 9
-- From here on a body is sealed for its whole row, which older programs cannot open: none may run beside this one.
-- Alerts: when the owners were last told of a trouble, by whichever worker.

CREATE TABLE alert (
    trouble TEXT COLLATE "C" PRIMARY KEY,
    told_at BIGINT NOT NULL,
    body BYTEA NOT NULL
);
