## Severities and labels of diagnostics

severity-error = error
severity-warning = warning
severity-note = note
label-help = help

## The settings: site.toml

settings-missing = there is no `site.toml` here
help-settings = run this in a site's folder, or name the folder with `--site`; a file with the one line `title = "…"` is enough
toml-syntax = this is not TOML: { $detail }
help-full-width-yaml = write { $instead }, with a space behind it, in place of the full-width “{ $found }”
help-full-width = this line has the full-width character { $found }; TOML needs { $instead }
missing-key = `{ $key }` is missing
help-site-title = give the portal a name: `title = "…"`, or { "`title = {zh = \"…\", en = \"…\"}`" }
bad-base-url = `{ $found }` is no address: { $reason ->
    [scheme] it starts with neither https:// nor /
    [host] its host is not well-formed
   *[path] its path has a query, a fragment, a space or a dot segment
 }
help-base-url = write the address of the home page, such as `https://example.org/portal/`; a path alone, `/portal/`, will do; empty means the root
bad-language = `{ $found }` is no language tag such as `zh-CN` or `en`
repeated-language = the language `{ $found }` is here twice
no-language = the portal needs at least one language, such as `zh-CN`
bad-theme-name = `{ $found }` is no name of a folder in `themes/`
bad-output = the folder to publish to has no usable name
unknown-check = there is no check `{ $found }`
help-known-checks = the checks are { $names }
not-one-of = `{ $found }` is not possible for `{ $key }`: it is one of { $known }
bad-jump-factor = `{ $found }` is no factor: write a number above 1, such as 10
bad-folder = `{ $found }` is no folder of the content: write it as `zhejiang/wenzhou`

## Reading data, front matter and settings alike

unknown-key = there is no key `{ $key }` here
help-did-you-mean = did you mean `{ $name }`?
help-known-keys = the keys are { $keys }
wrong-type = `{ $key }` should be { $expected ->
    [text] a text
    [texts] a text or a list of texts
    [localized] a text, or texts by language
    [list] a list
    [mapping] a mapping
    [flag] true or false
   *[other] { $expected }
 }, not { $found ->
    [text] a text
    [list] a list
    [mapping] a mapping
    [null] empty
   *[other] { $found }
 }
url-scheme = `{ $found }` is no web address
help-url = write it in full, with `https://`

## The command line

check-summary = { $errors-number ->
    [0] No errors
    [one] 1 error
   *[other] { $errors } errors
 }, { $warnings-number ->
    [one] 1 warning
   *[other] { $warnings } warnings
 }, { $notes-number ->
    [one] 1 note
   *[other] { $notes } notes
 } in { $files-number ->
    [one] 1 file
   *[other] { $files } files
 }{ $accepted-number ->
    [0] {""}
    [one] ; 1 explained finding is not shown
   *[other] ; { $accepted } explained findings are not shown
 }
check-clean = { $reports-number ->
    [one] 1 report
   *[other] { $reports } reports
 }, nothing to complain about{ $accepted-number ->
    [0] {""}
    [one] ; 1 finding is explained
   *[other] ; { $accepted } findings are explained
 }
path-missing = there is no `{ $path }`
path-outside-site = `{ $path }` is not in the site's folder
output-refused = { $detail }
help-output = name a folder that is for the portal alone, in `output` of site.toml or with `--output`
build-done = { $reports-number ->
    [one] 1 report
   *[other] { $reports } reports
 } of { $agencies-number ->
    [one] 1 agency
   *[other] { $agencies } agencies
 }, { $pages-number ->
    [one] 1 page
   *[other] { $pages } pages
 }, { $findings-number ->
    [0] no open findings
    [one] 1 open finding
   *[other] { $findings } open findings
 }{ $accepted-number ->
    [0] {""}
   *[other] {" "}and { $accepted } explained
 }, in { $seconds } s
build-published = { $output }: { $created } created, { $replaced } replaced, { $removed } removed, { $unchanged } unchanged
build-kept = { $path } is no longer part of the portal, but somebody has changed it; it is left where it is
build-nothing-published = Nothing was published. What was published before is as it was.
phase-settings = settings
phase-theme = theme
phase-load = reading the content
phase-check = checking
phase-derive = series and totals
phase-plan = planning the pages
phase-render = rendering
phase-index = search index
phase-publish = publishing
phase-keep = keeping for the next build
profile-templates = Time of all threads, each page’s, pages, by template
profile-no-template = no template

# Files and front matter
unreadable = cannot be read: { $detail }
file-too-large = larger than { $limit } bytes, more than a text may be
not-utf8 = not in UTF-8; it seems to be in { $encoding }
not-text = neither UTF-8 nor a known Chinese encoding from line { $line } on
nul-byte = holds a NUL byte; is this a text file?
name-not-utf8 = the file's name is not in UTF-8
symlink-ignored = symbolic links are not followed
name-reserved = “{ $name }” is an address the portal needs for itself
name-not-address = “{ $character }” cannot stand in an address
front-matter-not-closed = the front matter is never closed
front-matter-too-large = the front matter is too large
front-matter-not-mapping = front matter must be keys with values
yaml-syntax = not valid YAML: { $detail }
yaml-null-character = the character U+0000 is no text; take it out
yaml-anchor = anchors and aliases are not used here; write the value out
yaml-several-documents = a second document begins here
yaml-too-deep = nested too deeply
yaml-too-large = too many values
yaml-key-not-text = a key must be a plain text
duplicate-key = the key “{ $key }” is given twice; only one can count
folder-kind = the folder does not say what it is: kind is “{ $found }”
name-missing = a name is missing
title-missing = a title is missing
tile-place = a tile needs a column and a row, whole numbers from 1 to { $most }
tile-taken = { $other } has this tile
unknown-level = there is no level “{ $value }”
unknown-agency = there is no agency at “{ $value }”
place-inside-agency = lies inside the agency { $agency }; agencies cannot hold regions or agencies
report-outside-agency = a report, but its folder “{ $folder }” is no agency
report-twice = { $agency } has two reports for { $period } with the same scope
form-missing = the report does not say which form it is on
form-unknown = there is no form “{ $value }”
period-not-understood = “{ $found }” is no period
date-not-understood = “{ $found }” under { $key } is no date
note-without-figure = a note on { $code }, but there is no such figure
accept-shape = an explanation needs check, at and why
accept-without-check = the explanation does not name a check
accept-without-reason = the explanation gives no reason; a finding cannot be accepted without one
revision-shape = a revision needs a date, why, and changes from … to …

# Figures
not-a-number = “{ $found }” is no figure for { $code }
number-too-long = “{ $found }” has more digits than can be kept exactly
number-separator = the separator in “{ $found }” does not stand between groups of three digits
unit-unknown = the unit “{ $found }” is not known
unit-mismatch = “{ $found }” measures something else than “{ $expected }”, the unit of { $code }
unit-inexact = “{ $found }” cannot be brought to “{ $expected }” exactly
unknown-indicator = the form has no figure “{ $value }”
unknown-column = the row has no column “{ $value }”
heading-takes-no-figure = “{ $value }” is a heading and takes no figure
figure-given-twice = “{ $value }” is given twice
figure-not-single = “{ $value }” takes one figure, not a list
figure-without-value = “{ $value }” has details but no value
row-length = the row { $row } has { $found } cells, not { $expected }
row-not-cells = { $row } is a row of the form { $form } and takes its cells
local-code-prefix = { $code }: codes of a report's own begin with x_ or n_
local-code-undefined = { $code } is this report's own, but it has no label

# Forms and series
form-syntax = not a form file: { $detail }
form-defined-twice = the form “{ $value }” is defined twice
form-duplicate-code = the code “{ $value }” is used twice
form-duplicate-id = the id “{ $value }” is used twice
form-bad-code = “{ $value }” is no code: small letters, digits and _, beginning with a letter
form-bad-id = “{ $value }” is no id: small letters, digits and -
form-bad-expression = “{ $value }” is no { $expected }
form-list-and-table = the section “{ $value }” has both a list and a table
form-parent-cycle = “{ $value }” is its own ancestor
form-relation-without-parent = “{ $value }” has a relation but no parent with a figure
form-title-missing = the form “{ $value }” has no title
form-too-large = more than { $value } indicators
form-unit-missing = “{ $value }” has no unit
form-unknown-code = there is no indicator “{ $value }”
form-unknown-group = no indicator is in the group “{ $value }”
form-unknown-relation = there is no relation “{ $value }”
form-unknown-table = there is no section with a table “{ $value }”
form-unknown-unit = there is no unit “{ $value }”
form-unknown-word = “{ $value }” is not one of the words that may stand here
series-unknown = there is no series “{ $value }” before this one

# What the checks find
sum-mismatch = { $whole } is { $expected }, but its { $count } parts add up to { $found }, a difference of { $difference }
row-total = { $whole } is { $expected }, but the { $count } cells of the row add up to { $found }, a difference of { $difference }
part-exceeds-whole = { $part } is { $found }, more than { $whole } ({ $expected }) by { $difference }
parts-exceed-whole = { $part } together are { $found }, more than { $whole } ({ $expected }) by { $difference }
balance-broken = { $part } is { $found }, but { $whole } is { $expected }; the form says that both are equal
comparison-equal = { $part } is { $found } and { $whole } is { $expected }; usually both are equal
comparison-at-most = { $part } is { $found }, more than { $whole } ({ $expected })
comparison-at-least = { $part } is { $found }, less than { $whole } ({ $expected })
carry-over-differs = { $part } is { $found }, but { $whole } was { $expected }
stock-flow = { $part } is { $found }, but { $whole } makes { $expected }
total-blank = { $whole } is blank although its { $count } parts are given; they add up to { $sum }
fraction-in-count = { $part } is { $found }, a fraction of something that is counted
negative-count = { $part } is { $found }, less than nothing
jump = { $part } is { $found } after { $expected } the year before, a change by more than a factor of { $factor }
consolidated-differs = { $part } is { $found }, but the { $count } reports it consolidates add up to { $expected }
form-outside-years = the form “{ $form }” ({ $id }) was not in use for { $year }
indicator-of-another-form = { $part } is asked by another form, “{ $form }” ({ $id })
year-missing = { $count-number ->
    [one] no report for { $from } was found between this one and the last
   *[other] no reports for { $from } to { $to } were found between this one and the last
 }
published-late = published on { $published }, { $days } days after the deadline of { $due } ({ $source })
prose-differs = the text says { $found } for { $part }, the form { $expected }
accept-unmatched = an explanation of { $check } { $at }, but there is no such finding

# Texts
broken-link = nothing is at { $destination }
broken-anchor = nothing in this text has the id { $anchor }
link-scheme = links with { $scheme }: are not allowed; only the text is shown
missing-image = there is no image at { $destination }
image-without-alt = the image { $destination } has no text that describes it
heading-order = “{ $heading }” (level { $level }) skips a level
heading-order-rises = “{ $heading }” (level { $level }) stands above the first heading of the text
heading-id = the id “{ $id }” is taken or not usable; { $instead } is used
footnote-unused = nothing refers to the footnote { $name }
html-removed = { $what } is not allowed here and was removed
nesting-too-deep = nested deeper than { $most } levels; the rest is shown flat
nesting-unread = more than { $most } quotations or lists begin on this line, or it is indented too far; the text is shown as it stands
more-problems = { $count } more problems in this text
call-syntax-open = the call does not end with a double closing brace on the same line
call-syntax-name = a call begins with a name, such as chart
call-syntax-parenthesis = “(” must follow the name, before { $found }
call-syntax-value = a value is expected here: "text", a number, true, false or ["a", "b"]
call-syntax-comma = “,” or a closing bracket is expected before { $found }
call-syntax-string = a list holds strings between quotes
call-syntax-quote = this quote is never closed
call-syntax-escape = a backslash stands only before a quote or a backslash
call-syntax-number = this is not a number
call-syntax-twice = this argument was given before
call-syntax-order = arguments without a name come before named ones
call-syntax-many = a call has 64 arguments at most
call-syntax-end = nothing may follow “)”
call-syntax-full-width = { $found } is a full-width character; a call needs the half-width one
call-unknown = there is nothing to call named { $name }; there are figure and chart
call-figure-code = figure takes one code, such as figure("proactive_total")
call-figure-outside-report = figure stands only in a report's own text
call-unknown-figure = the report has no figure { $code }
call-chart-inline = a chart stands between paragraphs: give the call a line of its own, with empty lines around it
call-chart-level = { $level } is not the level of a heading; a chart's title has a level from 2 to 6
call-chart-series = chart takes one series or one group, such as chart("requests_received")
call-chart-group = the group { $group } can be drawn only on a report's page, or for an agency that has a report
call-chart-agencies = agencies takes a path or a list of paths
call-chart-years = years takes a year or two, such as "2012-2018"
call-chart-empty = { $series } has too few figures for this chart, or parts that do not add up to their whole
call-chart-kind = there is no chart of kind { $kind }; there are { $kinds }
call-chart-kind-group = a chart of kind { $kind } needs a group: chart("{ $group }", kind="{ $kind }")
call-chart-kind-series = the group { $group } has no chart of kind { $kind }; there are { $kinds }
call-chart-tiles = no region here says where its tile lies; write tile: {"{"}column: 1, row: 1{"}"} in the _index.md of a region
call-chart-tiles-agencies = kind="tiles" draws regions and takes no agencies
call-chart-one-agency = the group { $group } is drawn for one agency; several are named here
call-unknown-argument-near = chart has no argument { $argument }; do you mean { $near }?
call-unknown-series-near = there is no series { $code }; do you mean { $near }?
call-unknown-agency-near = there is no agency at { $path }; do you mean { $near }?
call-unknown-argument = chart has no argument { $argument }; there are series, agencies, years and kind
call-unknown-series = there is no series { $code }
call-unknown-agency = there is no agency at { $path }

# Themes and output
strings-syntax = not valid Fluent: { $detail }
template-syntax = the template cannot be read: { $detail }
template-fault = the template fails: { $detail }
template-missing = there is no template { $template }
theme-file-missing = { $path } is named in theme.toml but is not there
theme-not-utf8 = a theme's texts must be in UTF-8
theme-syntax = theme.toml cannot be read: { $detail }
unknown-theme = there is no theme { $theme } in themes/
path-collision = { $first } and { $second } would be one file, or a file and a folder of one name, here or on macOS and Windows
folder-unmatched = no content lies in `{ $found }`
help-folder-unmatched = name a folder as it lies below content/: its settings apply to nothing
unusable-path = { $path } cannot be published: { $detail }
alias-unusable = the address { $alias } is taken or not usable

# Labels and help
label-first-here = given first here
label-full-width = “{ $mark }” is a full-width character; YAML needs the half-width one
label-more-than-whole = { $difference } more than the whole
label-sum-differs = the parts add up to { $found }
label-differs = { $found }, not { $expected }
label-total-blank = the parts add up to { $sum }
label-a-part-of = a part of { $whole } ({ $expected }), { $difference } more than the whole
label-the-whole = the whole
help-accept = if the source prints this, keep it and explain it under accept: {"{"}check: { $check }, at: …, why: …{"}"}
help-agency-path = name the agency by its folder below content/
help-close-front-matter = end it with a line of three hyphens
help-columns = the columns are { $columns }; write ~ for a blank cell
help-convert-to-utf8 = convert it, for example with iconv -f { $encoding } -t UTF-8
help-date = write it as 2013-03-18
help-define-level = name it under [levels] in site.toml
help-define-local = define it: local: {"{"}{ $code }: {"{"}label: …, unit: …{"}"}{"}"}
help-expression = write sums and one of = <= >=, such as a + b = c + d
help-figure = write a number, nothing for a blank cell, - for not applicable, or an approximation such as 680余 or <1
help-folder-kind = write kind: region or kind: agency into its _index.md
help-form-expected = for that year: { $forms }
help-known-forms = the forms are { $forms }
help-local-code = a figure of this report's own begins with x_ and has a label under local:
help-make-agency = make content/{ $folder }/_index.md with kind: agency and a name
help-name = write name: …, or name: {"{"}zh: …, en: …{"}"}
help-name-address = use letters, digits, - and _
help-period = periods are 2012, 2022-H1, 2022-Q3 and 2023-24
help-remove-accept = remove the explanation, or correct its check and code
help-report-twice = remove one, or set scope: consolidated for the one that adds up others
help-theme-complete = a theme of its own needs every template it uses, or extends the default one
help-title = write title: …
help-write-row = write { $example }

search-no-index = there is no search index that can be read in { $folder }: { $detail }
help-search-build = run glasshouse build first; site.toml must not switch search off
search-as-simplified = nothing as it is written; these are the results for “{ $query }”
search-part-missing = no page has “{ $part }”
search-total = { $count-number ->
    [one] about { $count } result
   *[other] about { $count } results
 }
