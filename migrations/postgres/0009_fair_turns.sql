-- Organisations take turns: each is found by its own work, and its oldest at once.
DROP INDEX events_waiting;
-- Its condition differs from that of `events_waiting_in_order` (the same rows), so that looking for the first of an order key
-- never takes this one: a PostgreSQL without statistics holds both for equally good and would walk all that waits.
UPDATE events SET processed_at = NULL WHERE state = 'new';
CREATE INDEX events_waiting ON events (organisation_id, id) WHERE processed_at IS NULL;
CREATE INDEX jobs_waiting ON jobs (organisation_id, run_at, id) WHERE state = 'ready';
