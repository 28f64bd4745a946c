# The small window that adds todos from anywhere. $what is todos-counted.

quick-adds-one = Add
quick-adds-and-stays = Add, and go on
quick-closes = Close
quick-add-many = Add { $what }
quick-add-as-one = Add as one todo
quick-lines =
    { $n ->
        [one] { $n } line
       *[other] { $n } lines
    }
# $lines is quick-lines, $key a key such as Ctrl Enter.
quick-offer = { $lines }. Enter adds { $what }, { $key } adds one todo with the other lines as its description.

quick-keep-ready = Keep quick add ready in the tray
quick-keep-ready-help = Its field is then there at once, for about 70 MB of memory. Otherwise the window comes first and the field a moment later, and nothing of it is left when it goes.
