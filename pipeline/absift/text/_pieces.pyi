from absift.text.pieces import pieces as pieces
