"""techprio: rank technologies by many criteria, and say how far the ranking can be trusted."""

__version__ = "0.1.0"
