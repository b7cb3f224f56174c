"""Reads Jupyter notebooks as the programs that they are, and knows where each character stands."""
