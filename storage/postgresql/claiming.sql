-- A row that is just being changed is passed over, but not the order: only the first of a person's is looked at.

-- name: claim_received
UPDATE received SET held_by = :worker
WHERE update_id = (
    SELECT update_id FROM received
    WHERE update_id = (SELECT min(update_id) FROM received WHERE person = :person)
        AND (held_by IS NULL OR held_by = :worker OR NOT EXISTS (
            SELECT 1 FROM worker WHERE worker.id = held_by AND alive_until > clock_timestamp()
        ))
    FOR UPDATE SKIP LOCKED
)
RETURNING *;

-- name: claim_outgoing
UPDATE outgoing SET held_by = :worker
WHERE id = (
    SELECT id FROM outgoing
    WHERE id = (SELECT min(id) FROM outgoing WHERE person = :person AND lane = :lane)
        AND (held_by IS NULL OR held_by = :worker OR NOT EXISTS (
            SELECT 1 FROM worker WHERE worker.id = held_by AND alive_until > clock_timestamp()
        ))
    FOR UPDATE SKIP LOCKED
)
RETURNING *;

-- name: claim_reminders
UPDATE reminder SET leased_until = :until
WHERE id IN (
    SELECT id FROM reminder
    WHERE due_at <= :due AND (leased_until IS NULL OR leased_until <= :due)
    ORDER BY due_at, id LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
RETURNING *;

-- name: left_received
SELECT DISTINCT person FROM received
WHERE held_by IS NULL OR NOT EXISTS (
    SELECT 1 FROM worker WHERE worker.id = held_by AND alive_until > clock_timestamp()
);

-- name: left_outgoing
SELECT DISTINCT person, lane FROM outgoing
WHERE held_by IS NULL OR NOT EXISTS (
    SELECT 1 FROM worker WHERE worker.id = held_by AND alive_until > clock_timestamp()
);

-- name: reserve
INSERT INTO bucket (id, empty_at)
VALUES (:bucket, extract(epoch FROM clock_timestamp())::float8 + :interval)
ON CONFLICT (id) DO UPDATE
SET empty_at = greatest(bucket.empty_at, extract(epoch FROM clock_timestamp())::float8) + :interval
RETURNING empty_at, extract(epoch FROM clock_timestamp())::float8 AS now;
