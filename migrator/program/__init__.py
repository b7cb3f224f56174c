"""The analysed program: its modules, and the scopes, names, classes and calls in each."""
