import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.journal.sealing import KeyRing, SealBrokenError, Sealed

RING = KeyRing(b"a secret of at least some length\n")


@given(st.binary(max_size=500), st.text(max_size=50))
def test_what_was_sealed_opens_as_what_it_belongs_to(text: bytes, place: str) -> None:
    assert RING.open(RING.seal(text, belongs_to=place), belongs_to=place) == text


@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_altered_bit_breaks_the_seal(text: bytes, data: st.DataObject) -> None:
    sealed = RING.seal(text, belongs_to="here")
    place = data.draw(st.integers(0, len(sealed.data) * 8 - 1))
    altered = bytearray(sealed.data)
    altered[place // 8] ^= 1 << place % 8

    with pytest.raises(SealBrokenError):
        RING.open(Sealed(sealed.key_id, bytes(altered)), belongs_to="here")


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01" + b"x" * 12, b"\x02" + b"x" * 60])
def test_rubbish_does_not_open(data: bytes) -> None:
    with pytest.raises(SealBrokenError):
        RING.open(Sealed(RING.current_id, data), belongs_to="here")


def test_a_text_moved_to_another_place_does_not_open() -> None:
    sealed = RING.seal(b"mine", belongs_to="entry a")

    with pytest.raises(SealBrokenError):
        RING.open(sealed, belongs_to="entry b")


def test_sealing_twice_gives_two_different_seals_without_the_text() -> None:
    seals = {RING.seal(b"the same words", belongs_to="here").data for _ in range(2)}

    assert len(seals) == 2
    assert not any(b"same" in data for data in seals)


def test_another_key_does_not_open() -> None:
    sealed = RING.seal(b"mine", belongs_to="here")
    other = KeyRing(b"another secret")

    with pytest.raises(SealBrokenError):
        other.open(sealed, belongs_to="here")
    with pytest.raises(SealBrokenError):
        other.open(Sealed(other.current_id, sealed.data), belongs_to="here")


def test_a_new_key_on_top_seals_and_the_former_still_opens() -> None:
    former = KeyRing(b"former")
    both = KeyRing(b"new\n\nformer\n")
    old = former.seal(b"mine", belongs_to="here")

    new = both.seal(b"mine", belongs_to="here")

    assert (old.key_id, new.key_id) == (former.current_id, KeyRing(b"new").current_id)
    assert both.open(old, belongs_to="here") == both.open(new, belongs_to="here") == b"mine"
    assert both.known_ids == {old.key_id, new.key_id}


def test_a_key_name_does_not_tell_the_key() -> None:
    assert len(RING.current_id) == 16
    assert RING.current_id not in "a secret of at least some length"
    assert "secret" not in repr(RING)


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_key_file_is_said(content: bytes) -> None:
    with pytest.raises(ValueError, match="empty"):
        KeyRing(content)
