"""Reports: one document built once from numbers and words, rendered in several formats."""
