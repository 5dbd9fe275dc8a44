"""Files and processes: agendas, minutes, the journal. No screen."""
