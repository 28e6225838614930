"""Implementation plans and their monitoring: a programme in, readiness, progress and capacity out."""
