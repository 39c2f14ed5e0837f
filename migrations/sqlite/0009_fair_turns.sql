-- Organisations take turns: each is found by its own work, and its oldest at once.
DROP INDEX events_waiting;
CREATE INDEX events_waiting ON events (organisation_id, id) WHERE state = 'new';
CREATE INDEX jobs_waiting ON jobs (organisation_id, run_at, id) WHERE state = 'ready';
