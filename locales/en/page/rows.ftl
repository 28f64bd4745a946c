# Several todos at once: pasted as lines, or selected; and the one that is open.

rows-pasted =
    { $n ->
        [one] { $n } line pasted
       *[other] { $n } lines pasted
    }
rows-pasted-rest =
    { $n ->
        [one] and { $n } more
       *[other] and { $n } more
    }
rows-add-each =
    { $n ->
        [one] Add { $n } todo
       *[other] Add { $n } todos
    }
rows-add-as-one = Add as one
# $what is a title in quotation marks, or todos-counted.
rows-added = Added { $what }
# $most is how many characters a title has at most.
rows-too-long =
    { $n ->
        [one] { $n } line is longer than { $most } characters and is left out.
       *[other] { $n } lines are longer than { $most } characters and are left out.
    }
rows-too-many = More than { $most } cannot be added at once.

# $save is a key, or several that are held together.
rows-editor-keys = { $save } saves, Esc discards.
# What a button does, and the keys that do it, too.
rows-with-keys = { $deed } ({ $keys })

rows-selection = Selected todos
rows-complete = Complete
rows-reopen = Reopen
rows-delete = Delete
rows-clear = Clear selection
# Only so many can be selected at once; $n is that number.
rows-first-selected = The first { $n } are selected. That is the most at once.
