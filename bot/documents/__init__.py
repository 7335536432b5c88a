"""What an assessment hands out: the plan in its versions, what stands beside it, and who signed it."""
