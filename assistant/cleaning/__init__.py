"""Noise out of raw text, with a map back to it. Each module handles one kind of mess.

`characters` invisible characters · `pinyin` readings in brackets and lost characters · `glyphs` text printed
twice over itself · `lines` wrapped lines to paragraphs · `furniture` menus, votes, disclaimers, footers.
"""
