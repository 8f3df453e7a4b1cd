"""Bytes in, values out; values in, bytes out."""
