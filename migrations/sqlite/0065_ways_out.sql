-- What waits for one connection is found without walking what waits for the others.
CREATE INDEX jobs_waiting_through ON jobs (organisation_id, connection_id, run_at, id) WHERE state = 'ready';
