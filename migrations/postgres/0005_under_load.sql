-- What a rule's ceiling is counted by, and indexes for what every event looks up.

-- How often a rule acted in a minute since 1970.
CREATE TABLE rule_beats (
  organisation_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  minute BIGINT NOT NULL,
  acted BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, rule_id, minute),
  FOREIGN KEY (organisation_id, rule_id) REFERENCES rules (organisation_id, id)
);
CREATE INDEX rule_beats_by_time ON rule_beats (minute);

-- Ids grow with time: what was looked up by time goes by id. A run is found by its object whatever kind that is, and by its
-- occasion when that is forgotten.
DROP INDEX rule_runs_by_time;
DROP INDEX rule_runs_by_object;
CREATE INDEX rule_runs_by_object ON rule_runs (organisation_id, object_id, id);
CREATE INDEX rule_runs_by_occasion ON rule_runs (organisation_id, occasion_id);

CREATE INDEX invitations_by_contact ON invitations (organisation_id, contact_id, created_at);
CREATE INDEX invitations_by_job ON invitations (organisation_id, job_id);
CREATE INDEX invitations_by_reference ON invitations (organisation_id, reference);
CREATE INDEX messages_by_file ON messages (organisation_id, file_id) WHERE file_id IS NOT NULL;
CREATE INDEX chats_by_assignee ON chats (organisation_id, assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX orders_by_assignee ON orders (organisation_id, assignee_id) WHERE assignee_id IS NOT NULL;
