"""The hostile corpus is well formed: every probe says what it tries and can be handed in; none is graded."""

from __future__ import annotations

import json
import re

import pytest

from tests.hostile.corpus import PAYLOADS, SOURCE, Corpus, load_probes

PROBES = load_probes()


def test_the_corpus_is_large_and_says_what_each_probe_tries():
    assert len(PROBES) >= 84
    for probe in PROBES:
        assert re.fullmatch(r"[A-Z`0-9].{10,}\.", probe.sentence), probe.name


def test_every_payload_is_used():
    used = json.dumps([dict(probe.hand_in) for probe in PROBES])
    assert all(path.name in used for path in PAYLOADS.glob("*.py"))


def test_a_key_that_nobody_reads_is_refused(tmp_path):
    (tmp_path / "one.toml").write_text('[probe]\nsentence = "A."\nexpected.score = 3\n')
    with pytest.raises(ValueError, match=r"nobody reads score"):
        load_probes(tmp_path)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    source = json.loads((SOURCE / "defence.ipynb").read_text(encoding="utf-8"))
    return Corpus(source, {"COURSE": "/course", "HOME": "/home/x"})


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_every_probe_can_be_written(corpus, probe):
    assert corpus.notebook(probe)["cells"] or probe.name in ("empty",)


def test_every_blank_of_a_payload_is_filled(corpus):
    known = {"PORT4", "PORT6", "ABSTRACT", "MARK", "SECRET", "COURSE", "HOME", "LONG"}
    for probe in PROBES:
        left = re.findall(r"__([A-Z0-9]+)__", json.dumps(corpus.notebook(probe)))
        assert set(left) <= known, probe.name
