-- The record of deeds: lines are added, never changed; a person who is forgotten leaves 0 in `made_by` and `person`.

CREATE TABLE audit_line (
    assessment TEXT NOT NULL,
    number INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    person INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (assessment, number)
) WITHOUT ROWID;
CREATE INDEX audit_line_made_by ON audit_line (made_by) WHERE made_by <> 0;
CREATE INDEX audit_line_person ON audit_line (person) WHERE person <> 0;
