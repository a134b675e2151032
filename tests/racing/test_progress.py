"""The bar of a long command: racing.progress."""

import io

from racing import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_is_shown_how_much_is_done():
    terminal = Terminal()
    assert list(progress.bar(terminal)("Reading", ["a", "b"])) == ["a", "b"]
    shown = terminal.getvalue().split("\r")[1:]
    assert [line.strip()[-5:].strip() for line in shown] == ["0 %", "50 %", "100 %"]
    assert shown[1] == f"Reading    [{'#' * 15}{' ' * 15}]  50 %"
    assert shown[2].endswith("100 %\n")


def test_a_terminal_is_told_each_percent_once():
    terminal = Terminal()
    list(progress.bar(terminal)("Saving", range(1000)))
    assert terminal.getvalue().count("\r") == 101


def test_nothing_to_do_is_not_shown():
    terminal = Terminal()
    assert list(progress.bar(terminal)("Saving", [])) == []
    assert terminal.getvalue() == ""


def test_a_file_is_told_nothing():
    file = io.StringIO()
    assert list(progress.bar(file)("Reading", [1, 2])) == [1, 2]
    assert file.getvalue() == ""


def test_whoever_wants_no_bar_sees_none():
    terminal = Terminal()
    assert list(progress.bar(terminal, is_wanted=False)("Reading", [1])) == [1]
    assert terminal.getvalue() == ""
