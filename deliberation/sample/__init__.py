"""The sample: an invented consultation on charging electric bicycles, as data files and the verbs that seed them."""
