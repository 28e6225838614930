"""The questions a committee asks of a ranking: one a file, each answered by a frozen dataclass."""
