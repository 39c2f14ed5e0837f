-- PostgreSQL knows nothing of a table that is young, takes any index that begins as asked for, and walked all events of an
-- organisation for each payload. So this one begins with what tells events apart.
DROP INDEX events_once;
CREATE UNIQUE INDEX events_once ON events (connection_id, dedupe_key, organisation_id);
