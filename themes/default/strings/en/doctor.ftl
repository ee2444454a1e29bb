strings-untranslated = { $language } lacks { $count } strings: { $ids } …
help-strings-untranslated = add them to a .ftl file in strings/{ $language }/; until then they appear in another language
name-untranslated = “{ $name }” has no name in { $language }
help-name-untranslated = add it under `{ $language }:`; until then the name appears as it is, marked with its language
doctor-clean = Nothing found.
doctor-override-unchanged = this file takes the place of the theme’s, which has not changed since
doctor-override-changed = this file takes the place of the theme’s, which has changed since
doctor-override-unmarked = this file takes the place of the theme’s, and does not say which version it came from
help-doctor-changed = take over what changed, then set the comment to `{ $mark }`
help-doctor-unmarked = write `{ $mark }` in a comment, and it will be known when the theme’s file changes
doctor-template-unused = no page and no template uses this template
doctor-string-unused = nothing asks for the string `{ $id }`
doctor-draft = this is a draft and will not be published
doctor-unreached = no link from the home page leads here
theme-bad-name = `{ $name }` cannot be the name of a theme
theme-no-file = the shipped theme has no { $path } to copy
help-theme-no-file = docs/themes.md lists its files, such as templates/report.html and static/css/page.css
theme-begun = The theme { $name } is begun ({ $files } files). Write theme = "{ $name }" in site.toml to use it.
