"""What `nbgrader_config.py` plugs into nbgrader: steps, safe collecting, inert pages, a safe export."""
