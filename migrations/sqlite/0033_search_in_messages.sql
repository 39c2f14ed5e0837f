-- Words of messages. They are made from the messages seconds later, so copies leave them out.
ALTER TABLE messages ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_to_search ON messages (id) WHERE searchable = FALSE;
CREATE VIRTUAL TABLE message_words USING fts5 (words, owner UNINDEXED, message_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 0');
