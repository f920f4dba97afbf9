"""From a file to checked rows, without Django: encodings, spreadsheets, columns, cells, the tree of units."""
