"""What users see: the command line, tables in the terminal."""
