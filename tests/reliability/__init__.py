"""What may go wrong, who may try to get in, and the figures that show that it does no harm."""
