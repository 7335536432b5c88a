"""How far an assessment has come: the grid, the trend, and their pictures."""
