"""The grading engine: a submission's files become grades, and the student's code never meets a verdict.

One submission, read in this order: `submission` (what was handed in) and `assignment` (what is trusted),
`repair` (fit the one to the other), `run` (send the cells into the `sandbox`, get data back; `inside` is the
other end), `scoring` (points), `grading` (all of that for one student), `classroom` (for everyone, in
parallel, through `pool`), `recording` and `journal` (one transaction each, exactly once).
"""
