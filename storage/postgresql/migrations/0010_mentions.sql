-- needs: 10
-- Mentions: what is said within sealed bodies and must be found all the same, as numbers of groups, times and people.
-- From here on every program writes them, so that no older one may go on beside this one.

CREATE TABLE mention (
    kind TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    place TEXT COLLATE "C" NOT NULL, -- the assessment or the section that says so
    PRIMARY KEY (kind, number, place)
);
CREATE INDEX mention_in_place ON mention (place);

-- Whoever is forgotten, or asks for their own data, is found in each table without reading it from end to end.

CREATE INDEX assessment_created_by ON assessment (created_by);
CREATE INDEX invitation_created_by ON invitation (created_by);
CREATE INDEX invitation_used_by ON invitation (used_by) WHERE used_by IS NOT NULL;
CREATE INDEX delegation_asked_by ON delegation (asked_by);
CREATE INDEX delegation_colleague ON delegation (colleague) WHERE colleague IS NOT NULL;
CREATE INDEX sign_off_made_by ON sign_off (made_by);
CREATE INDEX sign_off_person ON sign_off (person);
CREATE INDEX plan_file_made_by ON plan_file (made_by);
CREATE INDEX survey_added_by ON survey (added_by);
CREATE INDEX template_sent_by ON template (sent_by);
-- a statement with a place for the number finds no index that leaves a number out
DROP INDEX audit_line_made_by;
DROP INDEX audit_line_person;
CREATE INDEX audit_line_made_by ON audit_line (made_by);
CREATE INDEX audit_line_person ON audit_line (person);
