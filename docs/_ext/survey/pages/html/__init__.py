"""How nodes are written as HTML: formulas as MathML, sizes as classes, languages marked."""
