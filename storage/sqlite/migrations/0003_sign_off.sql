-- Sign-off: who is to sign, who has signed, and why something was changed after all; lines are only added.
-- What was signed, and the reasons, lie in `body`, sealed.

CREATE TABLE sign_off (
    assessment TEXT NOT NULL,
    number INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    person INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (assessment, number)
);
