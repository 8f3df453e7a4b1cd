"""Forms, a file a noun; what they share is here."""
