// room: Syntax
