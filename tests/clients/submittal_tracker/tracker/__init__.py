"""Keeps the submittal register of a project tidy."""
