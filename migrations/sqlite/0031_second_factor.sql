-- A second factor: codes of an app (the secret is sealed by the vault), and recovery codes, stored hashed.
-- `last_step` is the newest step of time a code was taken for: no code opens twice.
CREATE TABLE second_factors (
  user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
  secret BLOB NOT NULL,
  confirmed_at INTEGER,
  last_step INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_codes (
  user_id TEXT NOT NULL REFERENCES users (id),
  hash TEXT NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (user_id, hash)
) STRICT;

ALTER TABLE organisations ADD COLUMN second_factor_required INTEGER NOT NULL DEFAULT 0;
