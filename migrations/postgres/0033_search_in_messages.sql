-- Words of messages. They are made from the messages seconds later, so copies leave them out.
ALTER TABLE messages ADD COLUMN searchable BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX messages_to_search ON messages (id) WHERE searchable = FALSE;
-- Behind a wall the index of words would not be used, so this table has none: what it finds is read through the messages,
-- which have one.
CREATE TABLE message_words (
  owner TEXT NOT NULL,
  message_id TEXT NOT NULL,
  words TSVECTOR NOT NULL,
  PRIMARY KEY (owner, message_id)
);
CREATE INDEX message_words_found ON message_words USING GIN (words);
