"""Figures: pictures in SVG, made from what views of the catalogue show. Nothing here knows Sphinx.

Every function returns trees of :mod:`survey.figures.svg`, the same for the same input; where pages are is asked only
when a tree is written. A figure that has another layout for narrow screens comes as two drawings, of which a style
sheet shows one.
"""
