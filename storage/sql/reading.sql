-- name: people
SELECT * FROM person WHERE id IN (SELECT person FROM membership WHERE assessment = :assessment);

-- name: assessments
SELECT * FROM assessment ORDER BY created_at NULLS FIRST, id;

-- name: memberships
SELECT * FROM membership ORDER BY role, branch, assessment, person;

-- name: memberships_in_assessment
SELECT * FROM membership WHERE assessment = :assessment ORDER BY role, branch, person;

-- name: memberships_of_person
SELECT * FROM membership
WHERE person = :person AND (CAST(:assessment AS TEXT) IS NULL OR assessment = :assessment)
ORDER BY role, branch, assessment;

-- name: invitations
SELECT * FROM invitation WHERE assessment = :assessment ORDER BY created_at NULLS FIRST, token_hash;

-- name: delegations
SELECT * FROM delegation WHERE assessment = :assessment ORDER BY asked_at NULLS FIRST, token_hash;

-- name: sections
SELECT * FROM section WHERE assessment = :assessment ORDER BY flow, branch, id;

-- name: session
SELECT * FROM session WHERE section = :section;

-- name: answers
SELECT * FROM answer WHERE section = :section ORDER BY key;

-- name: sessions
SELECT session.* FROM section JOIN session ON session.section = section.id
WHERE section.assessment = :assessment
ORDER BY section.flow, section.branch, section.id;

-- name: answers_of_assessment
SELECT answer.* FROM section JOIN answer ON answer.section = section.id
WHERE section.assessment = :assessment
ORDER BY answer.section, answer.key;

-- name: screens
SELECT * FROM screen WHERE person = :person ORDER BY sequence;

-- name: waiting
SELECT * FROM received ORDER BY update_id;

-- name: outgoing
SELECT * FROM outgoing
WHERE (due_at IS NULL OR due_at <= :due) AND (CAST(:person AS BIGINT) IS NULL OR person = :person)
ORDER BY id LIMIT :limit;

-- name: reminders
SELECT * FROM reminder WHERE assessment = :assessment ORDER BY due_at, id;

-- name: reminders_of_person
SELECT * FROM reminder WHERE person = :person ORDER BY due_at, id;

-- name: next_reminder
SELECT min(due_at) AS due_at FROM reminder;

-- name: sign_offs
SELECT * FROM sign_off WHERE assessment = :assessment ORDER BY number;

-- name: audit_lines
SELECT * FROM audit_line WHERE assessment = :assessment ORDER BY number;

-- name: audit_head
SELECT * FROM audit_line WHERE assessment = :assessment ORDER BY number DESC LIMIT 1;

-- name: plan_files
SELECT assessment, version, made_at, made_by, sha256, language, content FROM plan_file
WHERE assessment = :assessment
ORDER BY made_at, version;

-- name: surveys
SELECT assessment, flow, version, added_at, added_by FROM survey
WHERE assessment = :assessment
ORDER BY added_at, flow, version;

-- name: every_session
SELECT * FROM session ORDER BY section;

-- name: sessions_naming
SELECT * FROM session
WHERE section IN (
    SELECT place FROM mention WHERE kind = :kind AND number = :number
    UNION SELECT section FROM session WHERE proposed_by = :by AND proposed_by <> ''
)
ORDER BY section;

-- name: assessments_mentioning
SELECT assessment.* FROM mention JOIN assessment ON assessment.id = mention.place
WHERE mention.kind = :of AND mention.number BETWEEN :first AND :last
ORDER BY mention.number, assessment.id;

-- name: mentioned
SELECT 1 FROM mention WHERE kind = :kind AND number = :number;

-- name: given_by
SELECT * FROM answer WHERE given_by = :by ORDER BY section, key;

-- name: is_handled
SELECT 1 FROM handled WHERE update_id = :update_id;

-- name: revision
SELECT revision FROM session WHERE section = :section;

-- name: claimable
SELECT * FROM reminder
WHERE due_at <= :due AND (leased_until IS NULL OR leased_until <= :due)
ORDER BY due_at, id LIMIT :limit;

-- name: first_received
SELECT * FROM received WHERE person = :person ORDER BY update_id LIMIT 1;

-- name: first_outgoing
SELECT * FROM outgoing WHERE person = :person AND lane = :lane ORDER BY id LIMIT 1;

-- name: people_waiting
SELECT DISTINCT person FROM received;

-- name: lanes_waiting
SELECT DISTINCT person, lane FROM outgoing;
