-- How an organisation looks outside: its logo, and the address of its own under which it is reached once it was proven to
-- lead here. Several may claim an address; one has it.
ALTER TABLE organisations ADD COLUMN logo_id TEXT;
CREATE TABLE own_domains (
  organisation_id TEXT NOT NULL PRIMARY KEY REFERENCES organisations (id),
  host TEXT NOT NULL,
  token TEXT NOT NULL,
  verified_at INTEGER,
  checked_at INTEGER,
  failure TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX own_domains_by_host ON own_domains (host) WHERE verified_at IS NOT NULL;
