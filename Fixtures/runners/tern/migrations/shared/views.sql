CREATE VIEW {{.name}} AS SELECT id FROM users;
