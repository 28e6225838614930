"""Choosing a set under budgets: exact by mixed-integer programming, every answer checked again in plain arithmetic."""
