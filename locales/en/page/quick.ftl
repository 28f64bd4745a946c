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
quick-keep-ready-help = It then opens without a wait, and takes memory for it. Otherwise it is made when it is called for, and nothing of it is left when it goes.
