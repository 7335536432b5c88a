-- Versions of the plan: the language each was issued in and the hash of what it says; the plan as data
-- lies beside the file in `body`, sealed. Of plans issued before, both are empty.

ALTER TABLE plan_file ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE plan_file ADD COLUMN content TEXT NOT NULL DEFAULT '';
