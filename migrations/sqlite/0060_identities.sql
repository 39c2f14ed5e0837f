-- Who people are at services they sign in with. The id there is the key, never an address; no token of theirs is kept.
CREATE TABLE identities (
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id),
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (provider, subject)
) STRICT;
CREATE INDEX identities_by_user ON identities (user_id, created_at);

-- Attempts under way. `id` is the hash of what only the browser knows; `user_id` is set where somebody adds a way in.
CREATE TABLE sign_in_attempts (
  id TEXT NOT NULL PRIMARY KEY,
  provider TEXT NOT NULL,
  user_id TEXT REFERENCES users (id),
  next TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_attempts_by_time ON sign_in_attempts (created_at);
