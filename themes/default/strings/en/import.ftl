# Importing, and beginning something new.
import-empty = the file is empty
import-too-large = larger than { $limit } MiB, or unpacks to more
import-too-many-cells = more than { $limit } cells; a report has some hundred
import-too-deep = nested more than { $limit } deep, or tags with too many attributes
import-too-many-rows = more than { $limit } rows in the shape of a form; a form has some hundred
import-not-text = neither UTF-8, UTF-16 nor GB18030 text
import-unsupported = { $format } cannot be read
import-wrong-name = named like { $announced }, but it is { $found }
import-locked = locked with a password
import-broken = damaged { $format }: { $detail }
import-form-unknown = there is no form `{ $form }`
import-form-unclear = fits several forms equally well: { $forms }
import-no-table = no table of a known form was found in it
import-forms-differ = the documents of { $agency } for { $period } are on different forms: { $first } and { $second }
import-period-unclear = does not say which period it covers
import-period-several = names several periods: { $periods }
import-agency-unclear = does not say whose report it is
import-agency-several = may be of several agencies: { $agencies }
import-mapping = `{ $path }`: { $detail }
import-mapping-code = the labels file names `{ $code }`, which the form { $form } does not have
import-cannot-revise = `{ $code }` cannot be changed in place; change it by hand, or write the report anew with --force
help-say-form = say which with --form
help-say-period = say it with --period
help-say-agency = say it with --agency, as a folder of the content
help-import-formats = what can be read: text, HTML, CSV, XLSX, XLS, ODS, DOCX; save it as one of these
help-import-rename = give the file the ending of what it is, or save it again
import-done = { $reports-number ->
    [one] 1 report
   *[other] { $reports } reports
 }: { $new } new, { $revised } revised, { $replaced } replaced, { $unchanged } unchanged, { $kept } kept as they are; { $agencies-number ->
    [one] 1 new agency
   *[other] { $agencies } new agencies
 }
import-not-written = { $reports-number ->
    [one] 1 report
   *[other] { $reports } reports
 }: { $new } new, { $revised } to revise, { $replaced } to replace, { $unchanged } unchanged, { $kept } kept as they are; { $agencies-number ->
    [one] 1 new agency
   *[other] { $agencies } new agencies
 }. Nothing was written
import-kept = Reports that differ were kept. --revise "why" changes the figures that differ, --force writes the report anew.
import-address = The folder `{ $agency }` was made from the agency's name; --agency gives it a better address.
import-blank = (empty)
import-absent = (not transcribed)
import-state-new = new
import-state-unchanged = unchanged
import-state-revised = revised
import-state-replaced = replaced
import-state-kept = kept
import-kind-matched = matched
import-kind-blank = empty
import-kind-local = kept as a figure of its own
import-kind-borrowed = of another form
import-kind-ambiguous = ambiguous
import-kind-unreadable = no figure
import-kind-lost = column unknown
import-kind-twice = given twice
import-kind-unused = other column
import-kind-text = text
import-kind-skipped = set aside
import-kind-missing = missing
new-made = made { $path }
new-exists = `{ $path }` is there already; nothing was written
help-new-exists = edit it, or choose another path
help-init-exists = choose a folder without such files
new-form-unclear = several forms are in use for { $period }: { $forms }
agency-missing = there is no agency `{ $path }`
help-new-agency = make it: glasshouse new agency { $path } --name …
report-missing = { $agency } has no report for { $period }
path-not-content = `{ $path }` cannot be a folder of the content
help-path-content = letters, digits, - and _ between slashes, such as zhejiang/wenzhou/statistics; the portal needs years, indicators, forms, quality, data, search and static for itself
init-done = made a site in { $dir }, { $files } files
init-next = build it: glasshouse build --site { $dir }
