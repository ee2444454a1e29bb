# What a new report, site and theme say in this language.
starter-published = 首次公开日期，如 2025-01-20
starter-url = 原文网址
starter-blank = 冒号后不填，或写 ~，表示原表此格空白；空白不是 0。原表没有的项，整行删去。
starter-other = 约数照写：680余、约44、<1；不适用写 n/a；单位不同时写 251000元。
starter-footer = 本站页脚：在 templates/base.html 里修改。
starter-about = 关于本站

# The usual title of a report, by its period. Also there: $form, the name of the form; $period, as it is written.
starter-title-year = { $year }年政府信息公开工作年度报告
starter-title-first-half = { $year }年上半年政府信息公开工作报告
starter-title-second-half = { $year }年下半年政府信息公开工作报告
starter-title-quarter = { $year }年第{ $quarter }季度政府信息公开工作报告
starter-title-fiscal = { $year }—{ $next }年度政府信息公开工作年度报告
