"""Follows values through the program: what an expression can be, and who spelled it."""
