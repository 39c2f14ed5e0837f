-- Connections that fell silent or are left alone for a while, and events of the past done once more.
ALTER TABLE connections ADD COLUMN watch TEXT;
ALTER TABLE connections ADD COLUMN silent_since INTEGER;
ALTER TABLE connections ADD COLUMN usual_gap INTEGER;
ALTER TABLE connections ADD COLUMN rests_until INTEGER;
ALTER TABLE events ADD COLUMN replay_of TEXT;
