// room: Rules
