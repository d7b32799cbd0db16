"""Every number of a sentence and what it is: a count, an age, a date, a turn of phrase. ``read`` is the way in."""
