"""Every moment a sentence tells, as a window of local time. ``read`` is the way in."""
