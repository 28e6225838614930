"""The explorer: one JavaScript module, hosted as an offline page and as a notebook widget."""
