"""Files without a syntax tree: what is found in them by text, and the proof of their edits."""
