# Groups of checks
check-group-arithmetic = Arithmetic
check-group-across-years = Across years
check-group-identity = Form and neighbours
check-group-time = Time
check-group-prose = Text and form
check-group-text = Pages’ texts
check-group-acceptance = Explanations

# The checks, in the order in which they are explained: name, explanation, what is said of a finding.

check-sum-mismatch = Parts do not add up
explain-sum-mismatch = The form says that these parts make up the whole, but together they differ from it
sum-mismatch = { $whole } is { $expected }, but its { $count } parts add up to { $found }, a difference of { $difference }

check-part-exceeds-whole = Part more than the whole
explain-part-exceeds-whole = A figure, or several together, is more than the whole they belong to
part-exceeds-whole = { $part } is { $found }, more than { $whole } ({ $expected }) by { $difference }
parts-exceed-whole = { $part } together are { $found }, more than { $whole } ({ $expected }) by { $difference }
label-more-than-whole = { $difference } more than the whole

check-balance-broken = Balance does not hold
explain-balance-broken = A balance that is printed on the form does not hold in one of its columns
balance-broken = { $part } is { $found }, but { $whole } is { $expected }; the form says that both are equal

check-row-total = Total of a row differs
explain-row-total = The total of a row is not the sum of its cells
row-total = { $whole } is { $expected }, but the { $count } cells of the row add up to { $found }, a difference of { $difference }

check-comparison = Unusual relation
explain-comparison = Two figures do not stand to each other as they usually do
comparison-equal = { $part } is { $found } and { $whole } is { $expected }; usually both are equal
comparison-at-most = { $part } is { $found }, more than { $whole } ({ $expected })
comparison-at-least = { $part } is { $found }, less than { $whole } ({ $expected })

check-total-blank = Total left blank
explain-total-blank = A total is blank although all its parts are given; their sum is shown but never put in its place
total-blank = { $whole } is blank although its { $count } parts are given; they add up to { $sum }
label-total-blank = the parts add up to { $sum }

check-fraction-in-count = Fraction of a count
explain-fraction-in-count = Something that is counted has a fraction
fraction-in-count = { $part } is { $found }, a fraction of something that is counted

check-negative-count = Negative count
explain-negative-count = Something that is counted is below zero
negative-count = { $part } is { $found }, less than nothing

check-carry-over-differs = Carry-over differs
explain-carry-over-differs = What is carried in is not what the report of the year before carried out
carry-over-differs = { $part } is { $found }, but { $whole } was { $expected }

check-stock-flow = Stock does not follow
explain-stock-flow = What is in force is not last year’s number plus what was issued minus what was repealed
stock-flow = { $part } is { $found }, but { $whole } makes { $expected }

check-jump = Large jump
explain-jump = A figure differs from the year before by more than a factor, which may be right
jump = { $part } is { $found } after { $expected } the year before, a change by more than a factor of { $factor }

check-year-missing = Year without a report
explain-year-missing = Between two reports of an agency no report was found for one or more years; such a gap is never bridged
year-missing = { $count-number ->
    [one] no report for { $from } was found between this one and the last
   *[other] no reports for { $from } to { $to } were found between this one and the last
 }

check-form-outside-years = Form of another time
explain-form-outside-years = The report stands on a form that was not in use for its year
form-outside-years = the form “{ $form }” ({ $id }) was not in use for { $year }
help-form-expected = for that year: { $forms }

check-indicator-of-another-form = Indicator of another form
explain-indicator-of-another-form = The report gives a figure that its own form does not ask for but another one does
indicator-of-another-form = { $part } is asked by another form, “{ $form }” ({ $id })

check-consolidated-differs = Consolidation differs
explain-consolidated-differs = A consolidated report is not the sum of the reports it adds up
consolidated-differs = { $part } is { $found }, but the { $count } reports it consolidates add up to { $expected }

check-published-late = Published late
explain-published-late = The report was published after the statutory deadline of its time and level
published-late = published on { $published }, { $days } days after the deadline of { $due } ({ $source })

check-prose-differs = Text and form differ
explain-prose-differs = The report’s text gives another number for an item than its form
prose-differs = the text says { $found } for { $part }, the form { $expected }

check-broken-link = Broken link
explain-broken-link = A link in a text leads to a page or file that this site does not have
broken-link = nothing is at { $destination }

check-broken-anchor = Broken link within a page
explain-broken-anchor = A link in a text leads to a place that its page does not have
broken-anchor = nothing in this text has the id { $anchor }

check-link-scheme = Unusable kind of link
explain-link-scheme = A link has a scheme that is not allowed, such as javascript:, and is taken out
link-scheme = links with { $scheme }: are not allowed; only the text is shown

check-missing-image = Missing picture
explain-missing-image = A text shows a picture whose file is not there
missing-image = there is no image at { $destination }

check-image-without-alt = Picture without words
explain-image-without-alt = Who cannot see the picture is not told what is on it
image-without-alt = the image { $destination } has no text that describes it

check-heading-order = Heading out of order
explain-heading-order = A heading skips a level, or stands above the highest level of texts
heading-order = “{ $heading }” (level { $level }) skips a level
heading-order-rises = “{ $heading }” (level { $level }) stands above the first heading of the text

check-heading-id = Unusable id of a heading
explain-heading-id = The id of a heading cannot be used or is taken; it has another one
heading-id = the id “{ $id }” is taken or not usable; { $instead } is used

check-html-removed = HTML taken out
explain-html-removed = HTML in a text has an element or attribute that is not allowed
html-removed = { $what } is not allowed here and was removed

check-footnote-unused = Unused footnote
explain-footnote-unused = A footnote that the text never refers to is not shown
footnote-unused = nothing refers to the footnote { $name }

check-accept-unmatched = Explanation of nothing
explain-accept-unmatched = The report explains a finding that does not exist, or no longer
accept-unmatched = an explanation of { $check } { $at }, but there is no such finding
help-remove-accept = remove the explanation, or correct its check and code

# Of several checks
label-sum-differs = the parts add up to { $found }
label-differs = { $found }, not { $expected }
help-accept = if the source prints this, keep it and explain it under accept: {"{"}check: { $check }, at: …, why: …{"}"}
