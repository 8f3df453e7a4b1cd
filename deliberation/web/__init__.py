"""Pages and JSON, thin."""
