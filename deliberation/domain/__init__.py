"""Rules as functions of values: no row, request, clock, random number or file."""
