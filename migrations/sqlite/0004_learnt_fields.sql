-- What the events of a connection bring, where only their sender knows: names and kinds learnt from what came.

CREATE TABLE learnt_fields (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  connection_id TEXT NOT NULL,
  event TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  sample TEXT NOT NULL,
  learnt_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, connection_id, event, name),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;
