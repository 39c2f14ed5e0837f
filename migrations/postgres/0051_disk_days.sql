-- The room the installation took, day by day (days since 1970), for the forecast of the disk.
CREATE TABLE disk_days (
  day BIGINT NOT NULL PRIMARY KEY,
  bytes BIGINT NOT NULL
);
