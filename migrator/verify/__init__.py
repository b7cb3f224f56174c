"""Asks a live API whether the Rest equivalents of endpoints answer: with GET, and nothing else."""
