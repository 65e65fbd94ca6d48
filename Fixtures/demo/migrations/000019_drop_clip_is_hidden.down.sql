-- The column comes back, filled from visibility.

ALTER TABLE clips ADD COLUMN is_hidden boolean NOT NULL DEFAULT false;
UPDATE clips SET is_hidden = true WHERE visibility = 'hidden';
