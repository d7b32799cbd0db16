"""People, bodies and places of a document, joined to entities. ``read`` is the way in."""
