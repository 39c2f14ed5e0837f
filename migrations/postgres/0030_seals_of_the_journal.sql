-- The journal can be proved whole: some seconds after it was written each line gets a place in a chain of hashes.
-- `seal` only tells the sealing worker what is left to do; what counts is the chain. A seal outlives its line.
ALTER TABLE journal ADD COLUMN seal BIGINT;
CREATE INDEX journal_unsealed ON journal (organisation_id, id) WHERE seal IS NULL;

CREATE TABLE journal_seals (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  position BIGINT NOT NULL,
  journal_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  sealed_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, position)
);
CREATE UNIQUE INDEX journal_sealed_once ON journal_seals (organisation_id, journal_id);
