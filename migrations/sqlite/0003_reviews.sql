-- Invitations to review and the reviews that followed; what connections remember, and how far they were looked through.

ALTER TABLE connections ADD COLUMN memory BLOB;
ALTER TABLE connections ADD COLUMN swept_at INTEGER;

-- The ledger that decides whether somebody was invited: the provider cannot be asked. A row is written before the call.
CREATE TABLE invitations (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  account TEXT NOT NULL,
  reference TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  contact_id TEXT,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  name TEXT NOT NULL,
  member TEXT NOT NULL,
  search_text TEXT NOT NULL,
  link TEXT,
  run_id TEXT,
  job_id TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX invitations_once ON invitations (organisation_id, account, reference);
CREATE INDEX invitations_by_person ON invitations (organisation_id, email_key, created_at);
CREATE INDEX invitations_by_time ON invitations (organisation_id, created_at);

CREATE TABLE reviews (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  reference TEXT,
  stars INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  language TEXT NOT NULL,
  author TEXT NOT NULL,
  link TEXT,
  answer TEXT,
  answer_job_id TEXT,
  published_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  removed_at INTEGER,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX reviews_once ON reviews (organisation_id, connection_id, external_id);
CREATE INDEX reviews_by_time ON reviews (organisation_id, published_at);
CREATE INDEX reviews_by_reference ON reviews (organisation_id, reference);

CREATE INDEX contacts_by_folded_email ON contacts (organisation_id, LOWER(email));
