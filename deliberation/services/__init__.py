"""What people do, as verbs: the only place that changes anything."""
