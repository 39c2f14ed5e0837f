-- What members write down about a client, each with author and time. Only whoever wrote a note changes it.
CREATE TABLE contact_notes (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  author_id TEXT,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  edited_at INTEGER,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
) STRICT;
CREATE INDEX contact_notes_by_contact ON contact_notes (organisation_id, contact_id, id);
