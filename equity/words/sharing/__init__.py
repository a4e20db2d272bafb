"""What leaves the team, in words: a release, what a leader reads of it, what an exported card says about itself."""
