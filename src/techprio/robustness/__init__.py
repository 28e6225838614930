"""How far a ranking can be trusted: weight space, draws, acceptability, certificates."""
