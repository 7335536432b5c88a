-- The first schema. Ids, states and times by which rows are found are readable; all else is in `body`,
-- sealed. Times are microseconds since 1970 in UTC.
-- No foreign keys: a turn's changes come in any order and PostgreSQL and memory share their meaning;
-- what hangs on an assessment or a section is removed with it by name.

CREATE TABLE seal (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    body BLOB NOT NULL -- known words under the key: tells a wrong key at the start
);

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    body BLOB NOT NULL
);

CREATE TABLE assessment (
    id TEXT NOT NULL PRIMARY KEY,
    created_by INTEGER NOT NULL,
    created_at INTEGER,
    body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE membership (
    assessment TEXT NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL,
    branch TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (assessment, person, role, branch)
) WITHOUT ROWID;
CREATE INDEX membership_of_person ON membership (person);

CREATE TABLE invitation (
    token_hash TEXT NOT NULL PRIMARY KEY,
    assessment TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER,
    used_by INTEGER,
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX invitation_to_assessment ON invitation (assessment);

CREATE TABLE section (
    id TEXT NOT NULL PRIMARY KEY,
    assessment TEXT NOT NULL,
    flow TEXT NOT NULL,
    branch TEXT NOT NULL,
    owner INTEGER,
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX section_of_assessment ON section (assessment);
CREATE INDEX section_of_owner ON section (owner) WHERE owner IS NOT NULL;

CREATE TABLE session (
    section TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    proposed_by TEXT NOT NULL, -- whose reading waits for yes or no; empty for none
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_proposed_by ON session (proposed_by) WHERE proposed_by <> '';

CREATE TABLE answer (
    section TEXT NOT NULL,
    key TEXT NOT NULL,
    given_by TEXT NOT NULL, -- outside the body, so that a pseudonym can take its place
    body BLOB NOT NULL,
    PRIMARY KEY (section, key)
) WITHOUT ROWID;
CREATE INDEX answer_given_by ON answer (given_by);

CREATE TABLE conversation (
    person INTEGER PRIMARY KEY,
    body BLOB NOT NULL
);

CREATE TABLE screen (
    sequence INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    person INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX screen_of_person ON screen (person);

CREATE TABLE received (
    update_id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,
    body BLOB NOT NULL
);

CREATE TABLE handled (
    sequence INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL UNIQUE
);

CREATE TABLE outgoing (
    id TEXT NOT NULL PRIMARY KEY,
    person INTEGER NOT NULL,
    due_at INTEGER,
    body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE reminder (
    id TEXT NOT NULL PRIMARY KEY,
    assessment TEXT NOT NULL,
    person INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    leased_until INTEGER, -- held by a caller of claim_reminders until then
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX reminder_due ON reminder (due_at, id);
CREATE INDEX reminder_of_assessment ON reminder (assessment);
CREATE INDEX reminder_of_person ON reminder (person);

CREATE TABLE plan_file (
    assessment TEXT NOT NULL,
    version TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (assessment, version)
);
