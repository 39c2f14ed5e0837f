-- How often a rule acted in a minute since 1970, for its ceiling.

CREATE TABLE rule_beats (
  organisation_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  minute INTEGER NOT NULL,
  acted INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, rule_id, minute),
  FOREIGN KEY (organisation_id, rule_id) REFERENCES rules (organisation_id, id)
) STRICT;
CREATE INDEX rule_beats_by_time ON rule_beats (minute);
