"""The two clocks: when it was said, and what hour it speaks of."""

from __future__ import annotations

import pytest

from crosstally.flow import read_one
from crosstally.values import Document, when_said

EVENING = "2025-03-03T20:00"  # a Monday


@pytest.mark.parametrize(
    ("text", "said", "of"),
    [
        ("Twelve people were wounded in the strike on Odesa, the mayor said at 7 a.m. on Monday.", "2025-03-03T07:00", None),
        ("The mayor of Odesa said on Saturday that 12 people were wounded in the strike.", "2025-03-01", None),
        ("At 7 a.m. on Monday the mayor of Odesa said that 12 people had been wounded in the strike.", "2025-03-03T07:00", None),
        ("On Sunday, the mayor of Odesa said 12 people had been wounded in the strike.", "2025-03-02", None),
        ("By noon on Monday, 12 people were wounded in the strike on Odesa, the mayor said.", None, "2025-03-03T12:00:00"),
        ("As of 6 a.m. Monday, 12 people were wounded in the strike on Odesa, the mayor said.", None, "2025-03-03T06:00:00"),
        # "Monday evening" had not ended when the report came out
        ("The number of wounded in Odesa stood at 12 as of Monday evening, the mayor said.", None, "2025-03-03T20:00:00"),
        # the day is the strike's, not the mayor's
        ("Twelve people were wounded in Sunday's strike on Odesa, the mayor said.", None, None),
        ("A strike on Sunday wounded 12 people in Odesa, the mayor said.", None, None),
        # nobody speaks after the report is out
        ("Twelve people were wounded in the strike on Odesa, the mayor said on 9 March.", None, None),
    ],
)
def test_clocks(text: str, said: str | None, of: str | None) -> None:
    claim = next(c for c in read_one(Document.from_text(text, published=EVENING)).claims if c.measure == "wounded")
    assert (claim.said_at, claim.as_of) == (said, of)


def test_the_day_of_publication_keeps_the_hour_of_publication() -> None:
    document = Document.from_text("The mayor of Odesa said on Monday that 12 people were wounded in the strike.", published=EVENING)
    claim = read_one(document).claims[0]
    assert claim.said_at == "2025-03-03"
    assert when_said(claim, document) == EVENING
