// room: Analysis
