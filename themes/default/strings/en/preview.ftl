preview-at = Preview at { $url } (Ctrl-C ends it)
preview-port-taken = port { $port } is in use; this is port { $instead }
preview-open-to-others = whoever reaches this machine at { $address } can read the preview too
preview-not-opened = no browser could be opened: { $detail }
preview-refreshed = { $files-number ->
    [one] { $first } changed; shown after { $milliseconds } ms
   *[other] { $files } files changed; shown after { $milliseconds } ms
 }
preview-refreshed-all = looked at all files again; shown after { $milliseconds } ms
preview-mended = no errors any more
preview-polling = the system cannot watch that many files ({ $detail }); they are compared once a second
preview-blind = changes are not noticed any more: { $detail }
preview-ended = the preview has ended
preview-stale = The site’s files have errors. Until they are mended, its last good state is shown.
preview-nothing = The site’s files have errors. It is shown when they are mended.
preview-page-faulty = This page has errors.
preview-close = close
preview-more = … and { $count } more at the terminal
