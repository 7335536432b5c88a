"""A repeat as an Excel sheet: sent with its entries in it, filled in at a desk, taken back row by row."""
