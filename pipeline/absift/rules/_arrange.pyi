from absift.rules.arrange import collapse as collapse
from absift.rules.arrange import count as count
from absift.rules.arrange import lay_out as lay_out
