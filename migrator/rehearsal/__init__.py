"""Runs the analysis again as if the edits were made: what is sent must be the same."""
