// room: Reports
