-- name: is_handled
SELECT 1 FROM handled WHERE update_id = :update_id;

-- name: handle
INSERT INTO handled (update_id) VALUES (:update_id);

-- name: drop_received
DELETE FROM received WHERE update_id = :update_id;

-- name: prune_handled
DELETE FROM handled WHERE sequence <= (SELECT max(sequence) FROM handled) - :kept;

-- name: prune_screens
DELETE FROM screen
WHERE person = :person AND sequence <= (
    SELECT sequence FROM screen WHERE person = :person ORDER BY sequence DESC LIMIT 1 OFFSET :kept
);

-- name: revision
SELECT revision FROM session WHERE section = :section;

-- name: put_session
INSERT OR REPLACE INTO session (section, revision, proposed_by, body)
VALUES (:section, :revision, :proposed_by, :body);

-- name: put_answer
INSERT OR REPLACE INTO answer (section, key, given_by, body) VALUES (:section, :key, :given_by, :body);

-- name: drop_answer
DELETE FROM answer WHERE section = :section AND key = :key;

-- name: drop_answers
DELETE FROM answer WHERE section = :section;

-- name: drop_session
DELETE FROM session WHERE section = :section;

-- name: drop_reminders
DELETE FROM reminder WHERE assessment = :assessment AND person = :person;

-- name: claimable
SELECT * FROM reminder
WHERE due_at <= :due AND (leased_until IS NULL OR leased_until <= :due)
ORDER BY due_at, id LIMIT :limit;

-- name: lease
UPDATE reminder SET leased_until = :until WHERE id = :id;

-- name: rename_answers
UPDATE answer SET given_by = :pseudonym WHERE given_by = :by;

-- name: rename_proposals
UPDATE session SET proposed_by = :pseudonym WHERE proposed_by = :by AND proposed_by <> '';
