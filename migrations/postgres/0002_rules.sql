-- Rules, their published versions and their runs.

CREATE TABLE rules (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  position BIGINT NOT NULL,
  draft JSONB NOT NULL,
  version BIGINT,
  ceiling BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE rule_versions (
  organisation_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  trigger_event TEXT NOT NULL,
  tree JSONB NOT NULL,
  published_by TEXT,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, rule_id, version),
  FOREIGN KEY (organisation_id, rule_id) REFERENCES rules (organisation_id, id)
);
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
  facts JSONB NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id)
);
CREATE INDEX occasions_by_event ON occasions (organisation_id, event, id);

CREATE TABLE rule_runs (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  occasion_id TEXT NOT NULL,
  shadow BOOLEAN NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  contact_id TEXT,
  chat_id TEXT,
  order_id TEXT,
  place TEXT NOT NULL,
  waits_for TEXT NOT NULL,
  run_at BIGINT,
  trace JSONB NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id TEXT,
  chain TEXT NOT NULL,
  depth BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, occasion_id) REFERENCES occasions (organisation_id, id),
  FOREIGN KEY (organisation_id, rule_id, version) REFERENCES rule_versions (organisation_id, rule_id, version)
);
CREATE INDEX rule_runs_by_rule ON rule_runs (organisation_id, rule_id, id);
CREATE INDEX rule_runs_by_object ON rule_runs (organisation_id, object_kind, object_id, id);
CREATE INDEX rule_runs_by_time ON rule_runs (organisation_id, rule_id, started_at);
CREATE INDEX rule_runs_waiting ON rule_runs (run_at) WHERE outcome = 'waiting';
CREATE INDEX rule_runs_of_chat ON rule_runs (organisation_id, chat_id) WHERE waits_for = 'answer';

-- What somebody said a rule must, or must not, do with: facts of a moment from life, checked before publishing.
CREATE TABLE rule_examples (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  name TEXT NOT NULL,
  event TEXT NOT NULL,
  facts JSONB NOT NULL,
  fires BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, rule_id) REFERENCES rules (organisation_id, id)
);
CREATE INDEX rule_examples_of_rule ON rule_examples (organisation_id, rule_id, id);

-- The time machine: a draft against what happened, and what it would have changed.
CREATE TABLE replays (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  draft JSONB NOT NULL,
  state TEXT NOT NULL,
  since BIGINT NOT NULL,
  reaches_back_to BIGINT,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  report JSONB NOT NULL,
  started_by TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, rule_id) REFERENCES rules (organisation_id, id)
);
CREATE INDEX replays_of_rule ON replays (organisation_id, rule_id, id);

CREATE TABLE contact_tags (
  organisation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, contact_id, tag),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
);
CREATE INDEX contact_tags_by_tag ON contact_tags (organisation_id, tag, contact_id);
