"""From a question to an answer: understand, retrieve, weigh, judge, write, verify."""
