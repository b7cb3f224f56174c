"""Runs a command before and after the rewrite, and compares the requests that it sends."""
