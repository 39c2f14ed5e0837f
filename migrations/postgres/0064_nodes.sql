-- The programs that work on this database, by their signs of life. Times are the database's own: clocks of nodes differ.
CREATE TABLE nodes (
  boot TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  version TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
