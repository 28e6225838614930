"""The reading wing: what the files may say, and whether they say it. Words and places, no mathematics."""
