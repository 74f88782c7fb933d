"""A page needs as many SQL statements at sixty rows as at ten: none asks row by row. `bench/queries.py` goes to 10,000."""

from __future__ import annotations

import pytest
from bench._rows import NOW, asked, copied, first_case, queries_of

from hengjian.kernel import clock

FEW, MANY = 10, 60


@pytest.mark.django_db(transaction=True)
def test_a_page_needs_no_more_statements_for_more_rows(client_of):
    made = first_case()
    copied(made, 1, FEW)
    few = queries_of(made)
    copied(made, FEW, MANY)
    many = queries_of(made)

    grown = {name: many[name][len(few[name]) :][:3] for name in few if len(many[name]) != len(few[name])}
    assert grown == {}

    # The comparison means something only where the rows are really there.
    with clock.at(NOW):
        client = client_of(made.reviewer)
        for name, shown in (
            ("institutions", "演示机械"),
            ("plans", "27100"),
            ("certificates", "100059"),
        ):
            _, address = asked(made)[name]
            text = client.get(address).content.decode()
            assert shown in text, name
            assert f"{MANY}" in text, name


@pytest.mark.django_db(transaction=True)
def test_the_check_of_a_certificate_asks_one_query_beside_restraint_and_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(5), clock.at(NOW):  # counted and summed, misses so far, the certificate, a miss more
        answer = client.post("/check/Y000013000001263000001/", {"who": "0021"})
    assert answer.status_code == 422
    assert "sessionid" not in answer.cookies
