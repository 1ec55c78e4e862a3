from absift.lexicon.walk import terms as terms
