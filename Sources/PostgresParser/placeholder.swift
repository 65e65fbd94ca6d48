// room: PostgresParser
