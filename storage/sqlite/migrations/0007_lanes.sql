-- Lanes: messages of one lane of a person's go out one after the other, and the first is found by an index.

ALTER TABLE outgoing ADD COLUMN lane TEXT NOT NULL DEFAULT '';
CREATE INDEX outgoing_in_lane ON outgoing (person, lane, id);
CREATE INDEX received_of_person ON received (person, update_id);
