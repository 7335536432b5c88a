"""The plan as a Word document: template, its fields, sandboxed rendering, and the linter for other people's templates."""
