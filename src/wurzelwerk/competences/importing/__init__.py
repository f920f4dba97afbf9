"""Reading a framework in the official CSV layout of ESCO: files, rows, a staging table on disk, checks."""
