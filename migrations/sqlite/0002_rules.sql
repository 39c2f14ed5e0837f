-- Rules, their published versions and their runs.

CREATE TABLE rules (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  position INTEGER NOT NULL,
  draft TEXT NOT NULL,
  version INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;

CREATE TABLE rule_versions (
  organisation_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  trigger_event TEXT NOT NULL,
  tree TEXT NOT NULL,
  published_by TEXT,
  published_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, rule_id, version),
  FOREIGN KEY (organisation_id, rule_id) REFERENCES rules (organisation_id, id)
) STRICT;
CREATE INDEX rule_versions_by_trigger ON rule_versions (organisation_id, trigger_event, rule_id, version);

-- Everything rules could start from, with what was known at that moment: runs refer to it, the time machine replays it.
CREATE TABLE occasions (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  event TEXT NOT NULL,
  connection_id TEXT,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  contact_id TEXT,
  chat_id TEXT,
  order_id TEXT,
  facts TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE INDEX occasions_by_event ON occasions (organisation_id, event, id);

CREATE TABLE rule_runs (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  occasion_id TEXT NOT NULL,
  shadow INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  contact_id TEXT,
  chat_id TEXT,
  order_id TEXT,
  place TEXT NOT NULL,
  waits_for TEXT NOT NULL,
  run_at INTEGER,
  trace TEXT NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id TEXT,
  chain TEXT NOT NULL,
  depth INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, occasion_id) REFERENCES occasions (organisation_id, id),
  FOREIGN KEY (organisation_id, rule_id, version) REFERENCES rule_versions (organisation_id, rule_id, version)
) STRICT;
CREATE INDEX rule_runs_by_rule ON rule_runs (organisation_id, rule_id, id);
CREATE INDEX rule_runs_by_object ON rule_runs (organisation_id, object_kind, object_id, id);
CREATE INDEX rule_runs_waiting ON rule_runs (run_at) WHERE outcome = 'waiting';
CREATE INDEX rule_runs_of_chat ON rule_runs (organisation_id, chat_id) WHERE waits_for = 'answer';
