language-name = English
list-separator = {", "}
region-separator = {" · "}
colon = {": "}
bracket-open = {" ("}
bracket-close = )
stop = {". "}
skip = Skip to content
nav-main = Main
nav-crumbs = You are here
nav-beside = Neighbouring reports
nav-home = Home
nav-years = Years
nav-indicators = Indicators
nav-forms = Forms
nav-quality = Data quality
nav-data = Data
nav-search = Search
nav-about = About
footer-spirit = We publish exactly what was reported, say beside it what does not add up, and never show a missing figure as zero.
footer-license = Licence of data and summaries:{" "}
footer-data = Download the data
footer-repository = Source files
contents = Contents

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $day } { $month } { $year }
period-year = { $period }
period-other = { $period }
scope-own = the agency’s own
scope-consolidated = consolidated
twin-own = The consolidated report of the same period
twin-consolidated = The agency’s own report of the same period
name-with-unit = { $name } ({ $unit })
fraction = { $above } of { $below }
written = in the source:{" "}
written-end = {""}

bound-at-least = at least { $number }
bound-more-than = more than { $number }
bound-about = about { $number }
bound-nearly = nearly { $number }
bound-at-most = at most { $number }
bound-less-than = less than { $number }

gap-blank = not reported
gap-not-applicable = not applicable
gap-not-transcribed = not transcribed
gap-no-report = no report found
gap-not-asked = not in the form
gap-cumulative = cumulative
gap-no-denominator = nothing to divide by
gap-no-figure = no figure
gap-other-form = on another form
gap-consolidated = consolidated report only
tag-cumulative = cumulative
tag-questioned = questioned
tag-revised = revised
origin-local = this report’s own
origin-text = from the text
origin-form = indicator of another form

change-up = { $amount } more than in { $year }
change-down = { $amount } fewer than in { $year }
change-none = the same as in { $year }
change-relative = { $change } ({ $percent })
change-points = { $number } percentage points
change-no-report = No report for { $year }, so no comparison
change-no-figure-before = No exact figure for { $year }, so no comparison
change-no-figure = No exact figure, so no comparison
change-total = { $count-number ->
    [one] The one agency with both years: { $change }
   *[other] The { $count } agencies with both years: { $change }
 }
change-total-none = No agency has comparable exact figures for { $before } and { $year }, so no comparison
change-break = The definition changed after { $year }, so no comparison

fact-source = Source
fact-issuer = Issuer
fact-number = Document number
fact-period = Period
fact-scope = Scope
fact-published = Published
fact-republished = Published again
fact-retrieved = Read on
fact-form = Form
date-unknown = not recorded

report-keys = Key figures
report-findings = What the checks found
report-no-findings = Every rule that could be checked holds.
report-verdicts = Rules checked: { $held } hold, { $failed } fail, { $open } cannot be assessed because a figure is blank, inexact or not transcribed.
report-charts = { $count-number ->
    [one] Chart
   *[other] Charts
 }
report-form = The form
report-completeness = Of { $asked } items: { $given } with a figure, { $blank } left blank, { $not_applicable } not applicable, { $not_transcribed } not transcribed.
section-folded = { $count-number ->
    [one] The only other item of this part is not transcribed
   *[other] The other { $count } items of this part are not transcribed
 }
sections-not-transcribed = Not transcribed at all:{" "}
section-items = { $count-number ->
    [one] {" "}(1 item)
   *[other] {" "}({ $count } items)
 }
report-others = Figures outside the form
report-notes = Notes
report-text = The report’s text
report-summary = Summary
report-summary-mark = Written by the portal’s editors; not the report’s own words.
report-source = Read the original report
report-provenance = Where it comes from
report-revisions = Corrections
report-cite = Cite and download
report-data = The data of this page (JSON)
finding-number = Finding { $number }
finding-places = Figures:{" "}
finding-accepted = The editors explain:{" "}
finding-explained = explained
note-number = Note { $number }
note-mark = note{" "}

column-item = Item
column-unit = Unit
column-value = Value
column-year = Year
column-report = Reports
column-reported = Agencies reported
column-rank = Rank
column-agency = Agency
column-indicator = Indicator
column-total = Total
column-counted = Agencies counted
column-form = Form
column-published = Published
column-findings = Findings
column-relation = Relation to its parent
column-code = Code
column-column = Column
column-meaning = Meaning
column-agency-name = The agency’s name
column-blank = Items left blank
column-bound = How an approximate figure stands to the true one: at-least, about, nearly, at-most, less-than, more-than
column-cumulative = Whether it counts since the beginning
column-given = Items with a figure
column-label = The indicator’s official label
column-level = The agency’s level
column-not-applicable = Items that do not apply
column-not-transcribed = Items not transcribed
column-note = Note
column-page = Address of the page
column-period = Period
column-region = Path of the region
column-scope = Scope: own or consolidated
column-source = Address of the source
column-state = State
column-title = Title
column-written = As written in the source

counted-over = { $count-number ->
    [one] { $count } agency
   *[other] { $count } agencies
 }
counted-agencies = { $count-number ->
    [one] from { $count } agency
   *[other] from { $count } agencies
 }
agencies-count = { $count-number ->
    [one] { $count } agency
   *[other] { $count } agencies
 }
reports-count = { $count-number ->
    [one] { $count } report
   *[other] { $count } reports
 }
figures-count = { $count-number ->
    [one] { $count } figure
   *[other] { $count } figures
 }
findings-count = { $count-number ->
    [one] { $count } finding
   *[other] { $count } findings
 }
rows-count = { $count-number ->
    [one] { $count } row.
   *[other] { $count } rows.
 }
reports-of-agencies = { $reports } of { $agencies } agencies reported
totals-note = Totals are taken over the agencies that gave an exact figure; consolidated reports are left out. Each cell says how many agencies it counts.

count-reports = Reports
count-agencies = Agencies
count-findings = Findings
home-about = About this portal
home-latest-year = The agencies here, added up for { $year }
home-latest-note = { $reports } of { $agencies } agencies have a report for this year. Totals are taken over those that gave an exact figure.
home-reports = Latest reports
by-region = By region
by-year = By year
by-indicator = By indicator
by-initial = Agencies by initial
search-description = Search for words, or browse agencies by initial, regions, years and indicators.

region-code = Division code
region-regions = Regions
region-agencies = Agencies
region-totals = Totals by year
region-coverage = Which reports we have
region-description = { $agencies-number ->
    [one] { $region }: reports of { $agencies } agency on disclosure of government information
   *[other] { $region }: reports of { $agencies } agencies on disclosure of government information
 }
coverage-note = ✓ leads to the report; × means that none was found, which does not mean that none was published.
coverage-has = ✓
coverage-report = { $year } report
coverage-none = ×

agency-short-name = Short name
agency-other-names = Other names
agency-parent = Belongs to
agency-succeeds = Took over from
agency-url = Website
agency-contact = Contact
agency-reports = Reports
series-missing = No report was found for { $years }.
agency-no-reports = No report has been included yet.
agency-series = Figures over the years
agency-peers = Agencies of the same level
agency-description = { $reports-number ->
    [one] { $reports } report of { $agency } on disclosure of government information
   *[other] { $reports } reports of { $agency } on disclosure of government information
 }

years-description = How many agencies reported in each year, and what they add up to.
years-totals = Totals by year
year-description = { $reports-number ->
    [one] { $year }: report of { $reports } agency on disclosure of government information
   *[other] { $year }: reports of { $reports } agencies on disclosure of government information
 }
year-totals = Totals
year-rankings = Rankings
year-reports = Reports
year-missing-heading = Agencies without a report for this year
year-missing-note = These agencies have reports for other years. That none was found does not mean that none was published.
ranking-note = Only agencies on the same form are compared; equal figures share a rank. Agencies without a figure stand apart and never count as zero.
ranking-omitted = { $count-number ->
    [one] { $count } more agency is not listed.
   *[other] { $count } more agencies are not listed.
 }
ranking-unranked = { $count-number ->
    [one] { $count } agency reported without a comparable figure
   *[other] { $count } agencies reported without a comparable figure
 }
ranking-without-report = { $count-number ->
    [one] No report for this year was found for { $count } agency.
   *[other] No report for this year was found for { $count } agencies.
 }

indicators-unused = Not given by any report here
indicator-unused = No report of this portal gives a figure for it.
indicators-description = Quantities across all forms: what they mean, where definitions break, totals by year, agencies compared.
indicator-comparability = Comparability
indicator-share = How it is computed
indicator-breaks = Breaks
break-cut = not comparable across this change
break-mark = only the form changed
indicator-totals = Totals by year
indicator-ranking = Agencies in { $year }
indicator-terms = Its name in each form
series-group-disclosure = Proactive disclosure
series-group-requests = Requests
series-group-outcomes = Outcomes
series-group-outcomes-detail = Outcomes in detail
series-group-refusals = Reasons for refusal
series-group-remedies = Review and litigation
series-group-documents = Documents and decisions
series-group-capacity = Staff, units and budget
series-group-time = Time

forms-description = The questionnaires themselves: items, units, rules, years in use.
form-id = Code
form-years = In use
form-figures = Figures asked for
form-deadline-label = Due
form-deadline = by { $day } { $month } of the year after
form-used = Years of reports on it here
form-codes = Codes of figures
form-codes-tables = In a table, a figure’s code is that of its row, two underscores and that of its column:{" "}
form-prose = Text only; no figures.
form-rules = Rules of the form
years-from-to = { $first }–{ $last }
years-from = from { $first }
years-to = until { $last }
years-unknown = unknown
relation-sum = adds up to its parent
relation-part = part of its parent
relation-of-which = of which
relation-multi = may count several times
relation-indep = stands alone
relation-head = heading
rule-term = { $label }
rule-previous = last year’s { $label }
rule-columns = in each of { $count } columns
rule-rows = in each of { $count } rows
relation-sum-mismatch = Parts make up the whole
relation-part-exceeds-whole = A part is at most the whole
relation-balance-broken = What comes in equals what goes out
relation-row-total = A row’s total is the sum of its cells
relation-comparison = Figures that usually stand so
relation-carry-over-differs = The opening figure is last year’s closing figure
relation-stock-flow = A stock is last year’s, plus what came, minus what went

quality-description = Every report is held against its form, rule by rule; here is everything found, and what each check means.
quality-reports = Reports with findings
quality-held = Rules that hold
quality-failed = Rules that fail
quality-open = Rules not assessable
quality-note = Where a figure is blank, inexact or not transcribed, its rules cannot be assessed; a blank is never taken for zero.
quality-found = Checks that found something
quality-counts = { $open } unexplained, { $accepted } explained
quality-omitted = { $count } more: all of them
quality-agencies = By agency

data-description = All figures to download, with the meaning of each column and the licence.
data-figures = All figures, one a row.
data-reports = All reports, one a row.
data-states = States of a figure
data-machine = For machines
data-example = as an example
state-reported = reported
state-reported-about = A number the report gives, zero included.
state-approximate = approximate
state-approximate-about = A number the report itself calls inexact; it takes part in no sum.
state-blank-about = The cell is empty in the source. Not zero.
state-not-applicable-about = The source says that it does not apply, with a dash or a word.
disclosure-reports = Reports on disclosure of government information

not-found-title = Page not found
not-found-text = The address may be wrong, or the page has moved.
redirect-title = This page has moved
redirect-text = Go to its new address

body-heading = Link to the section {"{}"}
body-table = Table {"{}"}
body-notes = Footnotes
body-note = Footnote {"{}"}
body-back = Back to the text from footnote {"{}"}

chart-title = { $series }: { $amount } in { $year }
chart-title-change = { $title }, { $change }
chart-title-highest = { $title }; highest: { $name }, { $amount }
chart-title-most-in = { $title }; in { $year } most often { $name }: { $amount }
chart-title-moves = { $title }; of { $compared } that can be compared between { $first } and { $last }, { $up } rose, { $down } fell, { $same } stayed the same
# Between a number and its unit.
unit-gap = {" "}
# Units of one character each that stay on one line with their number.
unbroken-units = {""}
# Words for large numbers on axes: from which top of an axis, for which power of ten, the word.
chart-scales = 100000 3 thousand; 10000000 6 million
text-language = This text is in its own language:{" "}
years-span = { $first }–{ $last }
years-span-named = { $first }–{ $last }
chart-title-of = { $agency }: { $title }
chart-summary = { $first }–{ $last }, in { $unit }.
chart-summary-missing = { $first }–{ $last }, in { $unit }; missing: { $missing }.
chart-ranking-title = { $series } by agency, { $year }
chart-ranking-summary = In { $unit }. Agencies with a comparable figure: { $count }; with a report but without one: { $without }; without a report: { $missing }.
chart-group-title = { $group }, { $period }
chart-group-summary = { $period }, in { $unit }.
chart-group-summary-missing = { $period }, in { $unit }; { $missing-number ->
    [one] one has
   *[other] { $missing } have
 } no figure.
chart-area-site = this site
chart-flow-middle = handled
chart-flow-title = Where requests went, { $period }
chart-flow-title-most = Requests closed in { $period }: { $total }; most often { $outcome }: { $most }
chart-flow-summary = { $period }, in { $unit }; from left to right: where requests came from, handling, outcomes.
chart-flow-few = { $period }, in { $unit }. Fewer than ten: a table alone, without percentages.
chart-flow-unbalanced = { $period }, in { $unit }. Out of balance: { $in } received and carried in, { $out } decided and still open. As reported, and not drawn as a flow.
chart-stack-title = Outcomes of requests, { $first }–{ $last }
chart-grid-title = { $count } main indicators over the years
chart-grid-shared = all on one scale
chart-grid-own = each on its own scale
chart-grid-summary = { $first }–{ $last }; units stand beside the figures; { $scale }.
chart-grid-summary-missing = { $first }–{ $last }; units stand beside the figures; { $scale }; missing: { $missing }.
chart-peers-title = { $series }: rank { $rank } from the top of { $count } agencies of its level in { $area }
chart-peers-title-tied = { $series }: rank { $rank } from the top, shared, of { $count } agencies of its level in { $area }
chart-year-lead = { $year }.{" "}
chart-slope-title = { $series } by agency
chart-grid-agencies = { $series } of { $count } agencies
heat-title = { $series } of { $agencies } agencies, { $first }–{ $last }
heat-summary = In { $unit }. Stronger colour is more; hatched means no figure, which is not zero.
heat-omitted = { $count-number ->
    [one] {" "}{ $count } more agency is not listed.
   *[other] {" "}{ $count } more agencies are not listed.
 }
chart-source = Source: the agencies’ reports; computed by this portal.
chart-source-agency = Source: the reports of { $agency }; computed by this portal.
chart-source-report = Source: { $agency }, report { $report }; computed by this portal.
chart-link = Link to this chart
chart-table = Show the table
chart-mark-blank = {"[ ]"}
chart-mark-not-applicable = –
chart-mark-no-report = ×
chart-mark-not-transcribed = …
chart-mark-no-figure = n/f
chart-mark-partial = (×)
chart-mark-questioned = ?
chart-mark-revised = r
chart-mark-cumulative = c
chart-partial = part of the figures missing
chart-approximate = about{" "}
chart-sum-differs = the total differs from the sum of its parts, which stands in brackets
chart-omitted = {"{"}n{"}"} more agencies
chart-median = median
chart-tiles-title = { $series } by region, { $year }
chart-tiles-summary = { $year }, in { $unit }. Totals are over the agencies with an exact figure; the places are rough.
chart-waffle-region = {" "}Counted: { $counted } agencies that gave every outcome exactly, of the { $agencies } in the region.
chart-stack-partial = {" "}Part of the figures is missing for { $years }.
chart-stack-counted = {" "}Sums are over the agencies with an exact figure, which differ from year to year: { $counts }.
chart-stack-counted-year = { $counted } of { $reports } that reported in { $year }
chart-stack-left-out = {" "}Not drawn, because fewer than half are counted: { $counts }.
chart-stack-shares = {" "}Each year is drawn as 100%; shares are rounded and may not add up to it.
column-spark = Trend
chart-middle-half = middle half
chart-each-dot = each dot is {"{"}n{"}"} agencies
chart-spread-title = { $series }, { $year }: the middle half of the agencies from { $low } to { $high }
chart-spread-title-one = { $series }, { $year }: the middle half of the agencies at { $low }
chart-spread-few = {" "}Left out: { $count } with fewer than ten cases, which give no percentage.
spread-least = Least
spread-low = Middle half, from
spread-high = Middle half, to
spread-most = Most
chart-below = under{" "}
chart-totals-vary = {" "}Totals are over the agencies with an exact figure, which differ from year to year: see the table below.
report-nothing-checked = Too few figures are transcribed: no rule could be checked.
fact-address = Address
address-unknown = not recorded
chart-downloads = Download:
totals-note-column = Totals are taken over the agencies that gave an exact figure; consolidated reports are left out. The last column says how many agencies are counted.
nav-agencies = Agencies
nav-toc = On this page
nav-parts = Pages of the list
part = Page { $part }
part-of-list = { $list } (page { $part })
part-previous = Previous page
part-next = Next page
theme-dark = Dark
theme-light = Light
copy = Copy
copied = Copied
report-a-problem = Report a mistake
edit-this-page = Source of this page
count-years = Years covered
all-indicators = All indicators
reports-more = and { $count } more
agencies-description = { $agencies-number ->
    [one] One agency, listed
   *[other] { $agencies } agencies, listed
 } by the first letter of the name; Chinese names by pinyin.
column-share = Filled in, of those transcribed
share-below-one = less than 1%
column-given-of = Given/asked
coverage-areas-note = Each cell counts the agencies with a report; the stronger the colour, the larger their share. Follow it to see who has none.
coverage-cell = { $region } { $year }: { $reports } of { $agencies } agencies with a report
region-missing = Agencies without a report
missing-of-agencies = { $missing } of { $agencies } without a report
missing-none = { $agencies-number ->
    [one] The agency has a report
   *[other] All { $agencies } agencies have a report
 }
completeness-short = { $given } of { $asked } figures given
completeness-title = Completeness and timeliness
completeness-description = How many figures of each report are given, blank or not transcribed, and whether it was published by its deadline.
completeness-all = Report by report
published-on = Published { $date }
timely-in-time = In time
timely-late = { $days-number ->
    [one] { $days } day late
   *[other] { $days } days late
 }
timely-unknown = Day not recorded
quality-timely = { $in_time } published in time, { $late } late, { $undated } on a day that is not recorded.
quality-never = Checks that found nothing
quality-texts-omitted = { $count } more; `glasshouse check` lists them all.
quality-accepted = Explained findings
quality-accepted-note = Findings that an editor has held against the original and can explain. The figures stay as reported; the findings are no longer counted.
quality-accepted-omitted = { $count } more on the pages of the checks.
revisions-title = Corrections
revisions-description = Every figure changed since it was first published here: when, why, from what to what.
revisions-count = ({ $count })
revisions-none = Nothing has been corrected yet.
form-help = An item’s name leads to its meaning.
report-description = Report of { $agency } for { $period } on disclosure of government information: { $given } of { $asked } figures given.
cite-plain = { $issuer }: { $title }. { $portal }, { $address }
cite-plain-year = { $issuer }: { $title }, { $year }. { $portal }
cite-sentence = In a text
cite-figure = Every transcribed figure has an address of its own: this page’s, followed by #f- and the figure’s code. Point at a figure, and the # that leads there appears beside it.
column-area = Region

# The search page. A number, or what was searched for, takes the place of %.
search-label = Search reports, agencies and indicators
search-hint = Words, names of agencies, initials in pinyin (cnx), numbers with their unit in Chinese.
search-button = Search
search-filters = Narrow down
search-direct = Agencies
search-count = Results: about %
search-more = More results
search-loading = Searching…
search-offline = The site cannot be reached; search does not work for now.
search-stale = The index cannot be read; the site may be changing right now.
search-again = Try again
search-nothing = No page has all of these words.
search-narrow = Nothing here; choose fewer boxes.
search-missing = No page has “%”.
search-without = Search for “%” alone
search-simplified = Nothing as it is written; these are the results for “%”.
search-partial = partial match
search-kind-agency = agency
search-kind-region = region
search-kind-indicator = indicator
search-kind-form = form
search-kind-page = page
facet-year = Year
facet-region = Region
facet-level = Level
facet-form = Form
facet-agency = Agency

nav-glossary = Glossary
glossary-description = What the words of the forms mean: indicators, what each form calls them, and the words beside figures and in place of them.
glossary-marks = Words beside figures and in place of them
glossary-names = Forms also say:{" "}
glossary-notes = Remarks of the forms
glossary-not-transcribed = This part of the report has not been entered here yet. It may well be filled in, and is not zero.
glossary-no-report = This site has found no report for the year. It may have been published, and nothing in it is taken as zero.
glossary-not-asked = The form that the report stands on has no such item.
glossary-cumulative = The report gives the sum of several years. It is not the figure of one year, and is neither compared nor added up.
glossary-questioned = A finding that nobody has explained yet concerns this figure. It stands as it was reported.
glossary-revised = The figure was changed after it was first published here. The corrections say when, why, from what and to what.
glossary-own = The report speaks for the agency alone.
glossary-consolidated = The report speaks for the agencies below it as well. It is left out of totals, so that nothing is counted twice.
permalink = Address of
feed-revisions = Follow corrections (Atom)

chart-waffle-summary = { $period }, in { $unit }; each square is a hundredth. Shares are rounded and may not add up to 100%.
