"""Speed, told as ratios to controls measured in the same run: `make bench` (goals in docs/decisions/0005-speed.md)."""
