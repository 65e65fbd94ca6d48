-- Empty again, for the next try.

UPDATE clips SET visibility = NULL WHERE visibility IS NOT NULL;
