"""Knows Procore's vapid endpoints, and what stands for each of them in Rest v1.0."""
