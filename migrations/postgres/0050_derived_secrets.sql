-- What was derived from a secret key that was changed since, sealed with the current one: recovery codes are hashed with it.
CREATE TABLE derived_secrets (
  purpose TEXT NOT NULL,
  key_id TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (purpose, key_id)
);
