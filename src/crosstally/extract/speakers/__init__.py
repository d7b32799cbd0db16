"""Who says what: quotes, attributions, and whom they stand for. ``read`` is the way in."""
