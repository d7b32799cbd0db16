"""Accuracy on public corpora: one module a corpus under ``corpora``, pinned floors, claim-level gains and losses.

``python -m bench.accuracy [NAME...] --data FOLDER``. No text of any corpus is kept: what is frozen are hashes and verdicts.
"""
