"""Passwords, signing, envelopes, column encryption."""
