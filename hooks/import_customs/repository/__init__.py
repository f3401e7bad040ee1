"""The repository on disk and in git: its states, the files of a change, how one is replaced; and what systems differ in."""
