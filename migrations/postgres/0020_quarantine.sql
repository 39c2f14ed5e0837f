-- When the copy was made that a database was restored from: until a person decides, all sending waits behind such a stop.
ALTER TABLE stops ADD COLUMN restored_from BIGINT;
