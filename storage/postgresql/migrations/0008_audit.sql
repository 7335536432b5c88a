-- The record of deeds: lines are added, never changed; a person who is forgotten leaves 0 in `made_by` and `person`.

CREATE TABLE audit_line (
    assessment TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    person BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (assessment, number)
);
CREATE INDEX audit_line_made_by ON audit_line (made_by) WHERE made_by <> 0;
CREATE INDEX audit_line_person ON audit_line (person) WHERE person <> 0;
