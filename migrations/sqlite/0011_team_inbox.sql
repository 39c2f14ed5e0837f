-- A team on one inbox: what members see, how much they take, chats set aside, messages for later, who is looking.
ALTER TABLE members ADD COLUMN visibility TEXT NOT NULL DEFAULT 'all';
ALTER TABLE members ADD COLUMN team TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN capacity INTEGER;
ALTER TABLE members ADD COLUMN assigned_at INTEGER NOT NULL DEFAULT 0;

ALTER TABLE chats ADD COLUMN snoozed_until INTEGER;
CREATE INDEX chats_snoozed ON chats (snoozed_until) WHERE snoozed_until IS NOT NULL;
-- What waits to be given to somebody.
CREATE INDEX chats_in_line ON chats (organisation_id, waiting_since, id) WHERE assignee_id IS NULL AND waiting_since IS NOT NULL;

CREATE TABLE later_messages (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  author_id TEXT NOT NULL,
  body TEXT NOT NULL,
  send_at INTEGER NOT NULL,
  unless_answered INTEGER NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, chat_id) REFERENCES chats (organisation_id, id)
) STRICT;
CREATE INDEX later_messages_due ON later_messages (send_at) WHERE state = 'waiting';
CREATE INDEX later_messages_by_chat ON later_messages (organisation_id, chat_id, send_at) WHERE state IN ('waiting', 'failed');

CREATE TABLE chat_viewers (
  organisation_id TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  typed_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, chat_id, user_id),
  FOREIGN KEY (organisation_id, chat_id) REFERENCES chats (organisation_id, id)
) STRICT;

CREATE TABLE mentions (
  organisation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  seen_at INTEGER,
  PRIMARY KEY (organisation_id, user_id, message_id),
  FOREIGN KEY (organisation_id, chat_id) REFERENCES chats (organisation_id, id)
) STRICT;
CREATE INDEX mentions_unseen ON mentions (organisation_id, user_id, chat_id) WHERE seen_at IS NULL;
