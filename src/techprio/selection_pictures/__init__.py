"""Pictures of a chosen set: one picture a file, its rows and the drawing of them."""
