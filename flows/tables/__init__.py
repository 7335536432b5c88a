"""A repeat as an Excel table: sent with its entries in it, filled in at a desk, taken back row by row."""
