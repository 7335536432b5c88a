"""From the answers of an assessment to its plan: gaps, sizes, costs, risks and dates; pure."""
