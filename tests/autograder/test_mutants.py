"""Small changes of a right solution: each is another program, and each kind is made."""

import ast

import pytest

from autograder.mutants import mutants


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a + b", "a - b"),
        ("a / b", "a * b"),
        ("a // b", "a / b"),
        ("a ** b", "a * b"),
        ("x += 1", "x -= 1"),
        ("x *= y", "x /= y"),
        ("a >= 9", "a > 9"),
        ("a >= 9", "a >= 10"),
        ("a >= 9", "a >= 8"),
        ("a == b", "a != b"),
        ("a is None", "a is not None"),
        ("a in b", "a not in b"),
        ("a < b <= c", "a <= b <= c"),
        ("a < b <= c", "a < b < c"),
        ("a and b", "a or b"),
        ("-a", "+a"),
        ("x = 0", "x = 1"),
        ("a if b else c", "a if not b else c"),
        ("[a for a in b if c]", "[a for a in b]"),
        ("f(a, key=b)", "f(a)"),
    ],
)
def test_each_kind_of_change_is_made(source, changed):
    assert ast.unparse(ast.parse(changed)) in [mutant.source for mutant in mutants(source)]


SOLUTION = '''
def nps(scores):
    """Net Promoter Score, from -100 to 100."""
    valid = [s for s in scores if s is not None and 0 <= s <= 10]
    if not valid:
        return None
    flag = True
    return 100 * sum((s >= 9) - (s <= 6) for s in valid) / len(valid)
'''


def test_every_mutant_is_another_program_that_python_can_read():
    plain = ast.unparse(ast.parse(SOLUTION))
    found = mutants(SOLUTION)
    assert len({mutant.source for mutant in found}) == len(found) >= 12
    for mutant in found:
        assert mutant.source != plain
        compile(mutant.source, "<mutant>", "exec")
        assert mutant.what.startswith("line ")


def test_words_and_truth_values_are_left_alone():
    assert mutants("x = 'nine'\ny = True\nz = None") == []


def test_a_long_solution_gives_a_sample_from_all_over_it():
    source = "\n".join(f"x{n} = {n + 1}" for n in range(100))
    found = mutants(source, limit=10)
    assert len(found) == 10
    lines = [int(mutant.what.split()[1].rstrip(":")) for mutant in found]
    assert min(lines) < 15
    assert max(lines) > 85
