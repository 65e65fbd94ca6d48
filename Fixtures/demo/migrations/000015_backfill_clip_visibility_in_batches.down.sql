-- The column empties again; is_hidden was written all the time.

UPDATE clips SET visibility = NULL WHERE visibility IS NOT NULL;
