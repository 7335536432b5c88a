"""Who takes part in an assessment, where they sit, and what each may do."""
