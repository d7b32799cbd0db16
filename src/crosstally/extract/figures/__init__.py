"""Counts to claims: what is counted, which predicate it hangs on, victims told one by one. ``read`` is the way in."""
