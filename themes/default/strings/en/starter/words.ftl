# What a new report, site and theme say in this language.
starter-published = date of first publication, such as 2025-01-20
starter-url = address of the original
starter-blank = Nothing, or ~, means that the cell is empty in the source; empty is not 0. Delete lines that the source does not have.
starter-other = Write inexact figures as printed: <1, >=3; n/a where the item does not apply.
starter-footer = A footer of this site: change it in templates/base.html.
starter-about = About us

# The usual title of a report, by its period. Also there: $year, $next (the year after) and $quarter.
starter-title-year = { $form }, { $period }
starter-title-first-half = { $form }, { $period }
starter-title-second-half = { $form }, { $period }
starter-title-quarter = { $form }, { $period }
starter-title-fiscal = { $form }, { $period }
