# What a translation says of itself, and the pieces that other sentences are made of.

# The name of this language, in this language.
language-name = Deutsch
# The direction of the script: ltr or rtl.
language-direction = ltr

# A todo's title inside a sentence.
title-quoted = „{ $title }“
# Two parts of a list of remarks.
remarks-joined = { $before }, { $after }
# Two sentences, one behind the other; the first has no full stop.
sentences-joined = { $before }. { $after }

todos-counted =
    { $n ->
        [one] { $n } Aufgabe
       *[other] { $n } Aufgaben
    }
ago-now = gerade eben
