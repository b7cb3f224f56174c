BASE = None
