"""The index: a shadow of the store, rebuilt at will."""
