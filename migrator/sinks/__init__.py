"""Where strings are sent: HTTP calls, and the other calls that a URL can be handed to."""
