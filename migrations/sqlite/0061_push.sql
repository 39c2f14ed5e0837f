-- Notices to browsers of members (web push). The key pair of the installation, sealed by the vault: made once, with the first
-- device, since browsers subscribe for it.
CREATE TABLE push_keys (
  name TEXT NOT NULL PRIMARY KEY,
  secret BLOB NOT NULL
) STRICT;

-- Browsers. Their address lets whoever knows it send, so it lies sealed; `place` is its hash. A device goes with the session
-- that switched it on, however that ends.
CREATE TABLE push_devices (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES sessions (public_id) ON DELETE CASCADE,
  place TEXT NOT NULL,
  secret BLOB NOT NULL,
  user_agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  failed TEXT NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, user_id) REFERENCES members (organisation_id, user_id)
) STRICT;
CREATE UNIQUE INDEX push_devices_once ON push_devices (organisation_id, place);
CREATE INDEX push_devices_of_member ON push_devices (organisation_id, user_id);
CREATE INDEX push_devices_of_session ON push_devices (session_id);

-- Who has a page of this organisation before their eyes, by session: they are not sent notices.
CREATE TABLE lookers (
  organisation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES sessions (public_id) ON DELETE CASCADE,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, user_id, session_id),
  FOREIGN KEY (organisation_id, user_id) REFERENCES members (organisation_id, user_id)
) STRICT;
CREATE INDEX lookers_of_session ON lookers (session_id);
