-- Expand: "hidden or not" becomes public, unlisted or hidden. The next release writes both columns.

ALTER TABLE clips ADD COLUMN visibility text;
