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

-- name: put_session
INSERT INTO session (section, revision, proposed_by, body)
VALUES (:section, :revision, :proposed_by, :body)
ON CONFLICT (section) DO UPDATE
SET revision = excluded.revision, proposed_by = excluded.proposed_by, body = excluded.body;

-- name: put_answer
INSERT INTO answer (section, key, given_by, body) VALUES (:section, :key, :given_by, :body)
ON CONFLICT (section, key) DO UPDATE SET given_by = excluded.given_by, body = excluded.body;

-- name: drop_answer
DELETE FROM answer WHERE section = :section AND key = :key;

-- name: drop_answers
DELETE FROM answer WHERE section = :section;

-- name: drop_session
DELETE FROM session WHERE section = :section;

-- name: mention
INSERT INTO mention (kind, number, place) VALUES (:kind, :number, :place) ON CONFLICT DO NOTHING;

-- name: drop_mentions
DELETE FROM mention WHERE place = :place;

-- name: drop_mentions_of
DELETE FROM mention WHERE kind = :kind AND number = :number;

-- name: lease
UPDATE reminder SET leased_until = :until WHERE id = :id;

