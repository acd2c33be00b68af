"""What a corpus says about one company, complete and ordered, every line cited."""
