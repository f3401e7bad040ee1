"""The repository on disk and in git: its states, the files of a change, and replacing one; all that a system differs in."""
