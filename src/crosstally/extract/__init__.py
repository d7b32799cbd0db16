"""A document's sentences to mentions, claims and happenings. ``document.read_document`` runs every reader in order.

numbers   every number and what it is ("at least", "two dozen", an age)       moments   when: windows of local time
names     people, bodies and places, joined within the document               speakers  who says what: quotes, attribution, pronouns
figures   counts to claims: nouns, predicates, the one attachment step        events    what happened where and when; figures to events
remarks   what is told beside figures, records among it                        wordclass the notation of patterns that language tables use
"""
