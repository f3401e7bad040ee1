"""Which modules a file imports: a fast superset of them (`screen`), then exactly, with line, column and guard."""
