"""How fast a build is: when garbage is looked for, how trees are walked, and what several processes tell each other."""
