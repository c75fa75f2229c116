"""Texts that NULs divide, as an array: what numpy makes of the list of them."""

import numpy as np
import pytest

from pyjustice import _core


@pytest.mark.parametrize("texts", [["a"], ["", "b"], ["é", "ab cd", "\U0001f600x"], ["", ""]])
def test_they_are_those_of_the_list(texts):
    made = _core.split_texts("\0".join(texts))
    expected = np.array(texts, dtype=np.str_)
    assert made.tolist() == texts
    assert made.dtype == expected.dtype


def test_of_nothing_none():
    assert _core.split_texts("").tolist() == []


def test_what_is_no_text():
    with pytest.raises(TypeError):
        _core.split_texts(b"a")
