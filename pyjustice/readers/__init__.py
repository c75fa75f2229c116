"""Documents and tables in, structured arrays out."""
