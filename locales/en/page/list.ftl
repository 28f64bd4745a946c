# The header, the list, and the fields above it.

app-name = Clove

filter-group = Show
filter-all = All
filter-active = Active
filter-completed = Completed
filter-deleted = Recently deleted

list-search = Search
list-search-clear = Clear search
list-sort-newest = Newest first
list-sort-oldest = Oldest first
# The accessible name of the list; $filter is what it shows, as in filter-all.
list-label = Todos: { $filter }
list-active-section = Active ({ $n })
list-completed-section = Completed ({ $n })
list-loading = Loading…
list-failed = The list could not be read.
list-selected = { $n } selected
list-found =
    { $n ->
        [0] No todo found
        [one] { $n } todo found
       *[other] { $n } todos found
    }
list-found-more = The first { $n } matches are shown. Type more to narrow them down.

add-placeholder = Add a todo
add-label = New todo
add-button = Add
add-read-only = Todos cannot be added while Clove is read-only.
quick-title = Add a todo
quick-placeholder = Add a todo…

empty-all-title = Nothing to do yet
empty-all-body = Write the first todo in the field above.
empty-active-title = All done
empty-active-body = Nothing is left to do.
empty-active-first-title = Nothing to do yet
empty-active-first-body = Write the first todo in the field above.
empty-completed-title = Nothing completed yet
empty-completed-body = What you tick off is kept here.
empty-deleted-title = Nothing deleted
empty-deleted-body = What you delete waits here, in case you want it back.
# $query is what was searched for, in quotation marks.
empty-search-title = Nothing matches { $query }
empty-search-body = Try fewer letters, or another filter.
# The keys of the shortcut are shown between these two.
empty-hotkey-before = From any app, press
empty-hotkey-after = to add one.

store-failed-title = Clove could not open your todos
store-failed-safe = Nothing has been changed. Your todos are kept in this folder:
store-disk-full = The disk is full. Nothing you typed is lost: free some space and try again.
# A lone half of a UTF-16 surrogate pair, as some programs leave behind.
store-broken-character = This text contains a broken character (half of a surrogate pair). Remove it and try again.
store-unexpected = Something unexpected went wrong, and nothing was changed.
store-unexpected-detail = Something unexpected went wrong, and nothing was changed. ({ $detail })

button-cancel = Cancel
button-close = Close
button-dismiss = Dismiss
button-save = Save
button-try-again = Try again
button-undo = Undo
