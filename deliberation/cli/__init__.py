"""Commands, thin."""
