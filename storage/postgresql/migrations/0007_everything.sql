-- The first schema, equal to SQLite's of this number, and beside it what several workers need.
-- Ids, states and times by which rows are found are readable; all else is in `body`, sealed.
-- Times are microseconds since 1970 in UTC. Texts sort by their bytes, as SQLite's do.
-- No foreign keys: a turn's changes come in any order; what hangs on an assessment or a section is removed by name.

CREATE TABLE migration (
    version BIGINT PRIMARY KEY,
    needs BIGINT NOT NULL, -- the oldest schema whose program can still work on this one
    made_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);

-- Workers, and what they hold: a claim is good while the worker's last sign of life is.
CREATE TABLE worker (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    schema BIGINT NOT NULL, -- the newest that its program knows
    alive_until TIMESTAMPTZ NOT NULL
);

-- The send budget of all workers: when each bucket will be empty again, in seconds since 1970.
CREATE UNLOGGED TABLE bucket (
    id BIGINT PRIMARY KEY,
    empty_at DOUBLE PRECISION NOT NULL
);

CREATE TABLE seal (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    body BYTEA NOT NULL -- known words under the key: tells a wrong key at the start
);

CREATE TABLE person (
    id BIGINT PRIMARY KEY,
    body BYTEA NOT NULL
);

CREATE TABLE assessment (
    id TEXT COLLATE "C" PRIMARY KEY,
    created_by BIGINT NOT NULL,
    created_at BIGINT,
    body BYTEA NOT NULL
);

CREATE TABLE membership (
    assessment TEXT COLLATE "C" NOT NULL,
    person BIGINT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    branch TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (assessment, person, role, branch)
);
CREATE INDEX membership_of_person ON membership (person);

CREATE TABLE invitation (
    token_hash TEXT COLLATE "C" PRIMARY KEY,
    assessment TEXT COLLATE "C" NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT,
    used_by BIGINT,
    body BYTEA NOT NULL
);
CREATE INDEX invitation_to_assessment ON invitation (assessment);

CREATE TABLE delegation (
    token_hash TEXT COLLATE "C" PRIMARY KEY,
    assessment TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT,
    colleague BIGINT,
    body BYTEA NOT NULL
);
CREATE INDEX delegation_of_assessment ON delegation (assessment);

CREATE TABLE section (
    id TEXT COLLATE "C" PRIMARY KEY,
    assessment TEXT COLLATE "C" NOT NULL,
    flow TEXT COLLATE "C" NOT NULL,
    branch TEXT COLLATE "C" NOT NULL,
    owner BIGINT,
    body BYTEA NOT NULL
);
CREATE INDEX section_of_assessment ON section (assessment);
CREATE INDEX section_of_owner ON section (owner) WHERE owner IS NOT NULL;

CREATE TABLE session (
    section TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    proposed_by TEXT COLLATE "C" NOT NULL, -- whose reading waits for yes or no; empty for none
    body BYTEA NOT NULL
);
CREATE INDEX session_proposed_by ON session (proposed_by) WHERE proposed_by <> '';

CREATE TABLE answer (
    section TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    given_by TEXT COLLATE "C" NOT NULL, -- outside the body, so that a pseudonym can take its place
    body BYTEA NOT NULL,
    PRIMARY KEY (section, key)
);
CREATE INDEX answer_given_by ON answer (given_by);

CREATE TABLE conversation (
    person BIGINT PRIMARY KEY,
    body BYTEA NOT NULL
);

CREATE TABLE screen (
    sequence BIGINT PRIMARY KEY,
    token TEXT COLLATE "C" NOT NULL UNIQUE,
    person BIGINT NOT NULL,
    body BYTEA NOT NULL
);
CREATE INDEX screen_of_person ON screen (person, sequence);

CREATE TABLE received (
    update_id BIGINT PRIMARY KEY,
    person BIGINT NOT NULL,
    body BYTEA NOT NULL,
    held_by BIGINT -- the worker that is at it
);
CREATE INDEX received_of_person ON received (person, update_id);

CREATE TABLE handled (
    sequence BIGINT PRIMARY KEY,
    update_id BIGINT NOT NULL UNIQUE
);

CREATE TABLE outgoing (
    id TEXT COLLATE "C" PRIMARY KEY,
    person BIGINT NOT NULL,
    due_at BIGINT,
    body BYTEA NOT NULL,
    lane TEXT COLLATE "C" NOT NULL DEFAULT '',
    held_by BIGINT -- the worker that is at it
);
CREATE INDEX outgoing_in_lane ON outgoing (person, lane, id);

CREATE TABLE reminder (
    id TEXT COLLATE "C" PRIMARY KEY,
    assessment TEXT COLLATE "C" NOT NULL,
    person BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until BIGINT, -- held by a caller of claim_reminders until then
    body BYTEA NOT NULL
);
CREATE INDEX reminder_due ON reminder (due_at, id);
CREATE INDEX reminder_of_assessment ON reminder (assessment);
CREATE INDEX reminder_of_person ON reminder (person);

CREATE TABLE plan_file (
    assessment TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    language TEXT COLLATE "C" NOT NULL DEFAULT '',
    content TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (assessment, version)
);

CREATE TABLE survey (
    assessment TEXT COLLATE "C" NOT NULL,
    flow TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    added_at BIGINT NOT NULL,
    added_by BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (assessment, flow, version)
);

CREATE TABLE sign_off (
    assessment TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    person BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (assessment, number)
);

CREATE TABLE template (
    assessment TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    sent_at BIGINT NOT NULL,
    sent_by BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (assessment, state)
);
