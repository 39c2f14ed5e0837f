-- Values of the fields of clients that organisations have made up; which fields there are stands in their settings.
CREATE TABLE contact_values (
  organisation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, contact_id, field),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
) STRICT;
CREATE INDEX contact_values_by_value ON contact_values (organisation_id, field, value);
