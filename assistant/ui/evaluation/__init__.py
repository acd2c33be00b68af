"""The evaluation: a file of questions, its run and what came of it."""
