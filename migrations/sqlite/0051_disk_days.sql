-- The room the installation took, day by day (days since 1970), for the forecast of the disk.
CREATE TABLE disk_days (
  day INTEGER NOT NULL PRIMARY KEY,
  bytes INTEGER NOT NULL
) STRICT;
