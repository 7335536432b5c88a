"""Whether a pinned package is known to have a hole, told from a copy of the advisories: no network is asked."""
