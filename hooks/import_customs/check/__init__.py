"""Check a change: which imports nothing declares, and which declarations nothing uses; what would settle each."""
