-- «Стоп-кран»: what must not be sent until somebody says so. A row is a stop that is on; its story stands in the journal.
CREATE TABLE stops (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  scope TEXT NOT NULL,
  target TEXT NOT NULL,
  why TEXT NOT NULL,
  pulled_by TEXT,
  pulled_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX stops_once ON stops (organisation_id, scope, target);
CREATE INDEX invitations_in_trouble ON invitations (organisation_id) WHERE state IN ('failed', 'unknown');

-- What a run caused.
CREATE INDEX jobs_by_cause ON jobs (organisation_id, cause_id);
