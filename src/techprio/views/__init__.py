"""Results that are made to be looked at: how ranks and scores spread, and how they move with the weights."""
