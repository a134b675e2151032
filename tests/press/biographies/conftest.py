"""What tests of the demonstration's biographies begin with."""

from tests.racing.conftest import filled

__all__ = ["filled"]
