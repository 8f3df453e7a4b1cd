"""Keys of imported rows are kept for ever: a table that comes again years later must give the same."""

from deliberation.domain.row_keys import row_keys

ROWS = [
    {"text": 'a"b\\', "id": ""},
    {"text": 'a"b\\'},
    {"id": " 7 ", "text": "x"},
    {"text": "\u2028𠮷", "name": "é"},
]


def test_keys_are_what_they_have_always_been():
    assert row_keys(ROWS) == [
        "row-c4945e7854d769f0c739e39719d53c4a8afb",
        "row-92562432ed180e0b46267f040c055f0085b9",
        "id-272b203cdf2073a1abb77ab637f5e4323efb",
        "row-8f68e2088cb5cdd875ebb15ae5af785588df",
    ]


def test_whose_they_are_tells_them_apart_whatever_the_office_is_called():
    assert row_keys(ROWS, source='某"办\\事处\n') == [
        "row-df377355790043164048da7d6f2dfecbcb91",
        "row-98a77f3e75d27f21b4730ff26dfb0139c4ae",
        "id-169eae9e991209f228d0a6b5ac5b1a70ac68",
        "row-291dc7b1d54cbda951ada0d9aef41ecbbb21",
    ]
