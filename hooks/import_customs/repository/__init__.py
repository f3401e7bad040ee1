"""The repository on disk and in git: its states, the files of a change, how one is replaced; what systems differ in."""
