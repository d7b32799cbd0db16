"""What events a document tells, which figures count in them, and the links it words. ``read`` is the way in."""
