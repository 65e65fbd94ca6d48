// room: Migrations
