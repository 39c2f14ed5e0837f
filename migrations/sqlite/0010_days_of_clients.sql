-- Days of every year (birthdays) are found by month and day.
CREATE INDEX contact_values_by_day ON contact_values (organisation_id, field, substr(value, 6));
