"""Arithmetic: ratings from percentages, totals from ratings."""
