"""The command line of the autograder."""


def main() -> None:
    """Run the command line."""
