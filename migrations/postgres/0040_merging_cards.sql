-- Cards that may be of one person, and cards that were made one.

-- Two chats of one connection may belong to one card once it was merged: the second carries its own id here.
ALTER TABLE chats ADD COLUMN branch TEXT NOT NULL DEFAULT '';
-- The contact comes first, so that this index finds the chats of a contact as well.
DROP INDEX chats_once;
DROP INDEX chats_by_contact;
CREATE UNIQUE INDEX chats_once ON chats (organisation_id, contact_id, connection_id, branch);

-- Phones and e-mails that lead to a card beside the ones that stand on it.
CREATE TABLE contact_reaches (
  organisation_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, kind, value),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
);
CREATE INDEX contact_reaches_by_contact ON contact_reaches (organisation_id, contact_id);

-- What a card can be compared by. A worker makes the keys of cards that were changed (`keyed_at` is empty), and the pairs.
ALTER TABLE contacts ADD COLUMN keyed_at BIGINT;
CREATE INDEX contacts_unkeyed ON contacts (organisation_id, id) WHERE keyed_at IS NULL;

CREATE TABLE contact_keys (
  organisation_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  place TEXT NOT NULL,
  shown TEXT NOT NULL,
  PRIMARY KEY (organisation_id, kind, value, contact_id, place),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
);
CREATE INDEX contact_keys_by_contact ON contact_keys (organisation_id, contact_id);

-- Two cards, the older first. «different» outlives the cards, so that it is still known when they come back.
CREATE TABLE contact_pairs (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  one_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  state TEXT NOT NULL,
  weight BIGINT NOT NULL,
  reasons JSONB NOT NULL,
  found_at BIGINT NOT NULL,
  decided_by TEXT,
  decided_at BIGINT,
  PRIMARY KEY (organisation_id, one_id, other_id)
);
CREATE INDEX contact_pairs_listed ON contact_pairs (organisation_id, state, weight, one_id, other_id);
CREATE INDEX contact_pairs_by_other ON contact_pairs (organisation_id, other_id);

-- A card that went into another: what it was, what the other one was, and which rows moved. Its address leads on from here.
CREATE TABLE contact_merges (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  kept_id TEXT NOT NULL,
  gone_id TEXT NOT NULL,
  gone_name TEXT NOT NULL,
  state TEXT NOT NULL,
  before JSONB NOT NULL,
  merged_by TEXT,
  merged_at BIGINT NOT NULL,
  undone_by TEXT,
  undone_at BIGINT,
  PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX contact_merges_gone ON contact_merges (organisation_id, gone_id) WHERE state = 'merged';
CREATE INDEX contact_merges_kept ON contact_merges (organisation_id, kept_id, id);

CREATE TABLE contact_merge_rows (
  organisation_id TEXT NOT NULL,
  merge_id TEXT NOT NULL,
  holder TEXT NOT NULL,
  row_key TEXT NOT NULL,
  extra TEXT NOT NULL,
  PRIMARY KEY (organisation_id, merge_id, holder, row_key),
  FOREIGN KEY (organisation_id, merge_id) REFERENCES contact_merges (organisation_id, id)
);

-- Runs of rules about a client, newest first.
CREATE INDEX rule_runs_by_contact ON rule_runs (organisation_id, contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX invitations_by_object ON invitations (organisation_id, object_id);
