"""Sample institutions: profiles of what differs, and the maker of the answers files and recordings from them."""
