"""The simulations, pictures, panels and data of the Marketing 4.0 course.

`models` holds the pure functions, `views` turns their results into figures, `panels` into widgets, and
`data` loads the course's data sets. Importing the package itself loads none of them, so that a notebook
starts fast.
"""
