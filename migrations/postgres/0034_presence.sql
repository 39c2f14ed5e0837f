-- When a member's browser was last heard of: presence is what they say, this is what is known.
ALTER TABLE members ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
