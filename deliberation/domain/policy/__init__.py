"""The policy, a file a noun; `permissions.POLICY` is all of it."""
