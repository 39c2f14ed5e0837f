-- Connections that fell silent or are left alone for a while, and events of the past done once more.
ALTER TABLE connections ADD COLUMN watch JSONB;
ALTER TABLE connections ADD COLUMN silent_since BIGINT;
ALTER TABLE connections ADD COLUMN usual_gap BIGINT;
ALTER TABLE connections ADD COLUMN rests_until BIGINT;
ALTER TABLE events ADD COLUMN replay_of TEXT;
