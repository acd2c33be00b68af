"""When a figure holds, and what happened when."""
