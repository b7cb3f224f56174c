"""The edits as LibCST codemods: each makes what was planned, and nothing else."""
