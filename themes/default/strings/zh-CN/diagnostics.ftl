## Severities and labels of diagnostics

severity-error = 错误
severity-warning = 警告
severity-note = 提示
label-help = 帮助

## The settings: site.toml

settings-missing = 这里没有 site.toml
help-settings = 请在网站目录中运行，或用 `--site` 指明目录；文件里有一行 `title = "…"` 就够了
toml-syntax = 不合 TOML 语法：{ $detail }
help-full-width-yaml = 把全角的“{ $found }”改成半角的 { $instead }（后面有一个空格）
help-full-width = 这一行有全角字符 { $found }，TOML 要用半角的 { $instead }
missing-key = 缺少 `{ $key }`
help-site-title = 请给门户起名：`title = "…"`，或 { "`title = {zh = \"…\", en = \"…\"}`" }
bad-base-url = `{ $found }` 不是网址：{ $reason ->
    [scheme] 既不以 https:// 也不以 / 开头
    [host] 主机名写法不对
   *[path] 路径中有查询、锚点、空格或 . 与 .. 这样的段
 }
help-base-url = 请写首页的地址，例如 `https://example.org/portal/`；只写路径 `/portal/` 也可以；留空表示根目录
bad-language = `{ $found }` 不是 `zh-CN`、`en` 这样的语言标记
repeated-language = 语言 `{ $found }` 写了两次
no-language = 门户至少要有一种语言，例如 `zh-CN`
bad-theme-name = `{ $found }` 不是 `themes/` 下的目录名
bad-output = 发布目录的名称不可用
unknown-check = 没有名为 `{ $found }` 的检查
help-known-checks = 可用的检查：{ $names }
not-one-of = `{ $key }` 不能是 `{ $found }`，只能是：{ $known }
bad-jump-factor = `{ $found }` 不能作倍数：请写大于 1 的数，例如 10
bad-folder = `{ $found }` 不是内容目录：请写成 `zhejiang/wenzhou` 的样子

## Reading data, front matter and settings alike

unknown-key = 这里没有 `{ $key }` 这一项
help-did-you-mean = 是否想写 `{ $name }`？
help-known-keys = 可用的项：{ $keys }
wrong-type = `{ $key }` 应当是{ $expected ->
    [text] 文字
    [texts] 文字或文字的列表
    [localized] 文字，或按语言分写的文字
    [list] 列表
    [mapping] 键值表
    [flag] {" "}true 或 false
   *[other] {" "}{ $expected }
 }，而不是{ $found ->
    [text] 文字
    [list] 列表
    [mapping] 键值表
    [null] 空白
   *[other] {" "}{ $found }
 }
url-scheme = `{ $found }` 不是网址
help-url = 请写完整，以 `https://` 开头

## The command line

check-summary = { $files } 个文件中有 { $errors } 个错误、{ $warnings } 个警告、{ $notes } 个提示{ $accepted-number ->
    [0] {""}
   *[other] ；另有 { $accepted } 项已作说明，不再列出
 }
check-clean = { $reports } 份报告，没有发现问题{ $accepted-number ->
    [0] {""}
   *[other] ；{ $accepted } 项已作说明
 }
path-missing = 没有 `{ $path }`
path-outside-site = `{ $path }` 不在网站目录里
output-refused = { $detail }
help-output = 请给门户一个专用的目录，写在 site.toml 的 `output` 里，或用 `--output` 指明
build-done = { $agencies } 个机关的 { $reports } 份报告，{ $pages } 个页面，{ $findings-number ->
    [0] 没有待说明的问题
   *[other] { $findings } 项待说明的问题
 }{ $accepted-number ->
    [0] {""}
   *[other] （另有 { $accepted } 项已说明）
 }，用时 { $seconds } 秒
build-published = { $output }：新建 { $created }，更新 { $replaced }，删除 { $removed }，未变 { $unchanged }
build-kept = { $path } 已不属于门户，但有人改过它，所以留在原处
build-nothing-published = 没有发布。先前发布的内容保持原样。
phase-settings = 读取设置
phase-theme = 读取主题
phase-load = 读取内容
phase-check = 检查
phase-derive = 序列与汇总
phase-plan = 规划页面
phase-render = 渲染
phase-index = 搜索索引
phase-publish = 发布
phase-keep = 为下次生成保留
profile-templates = 各模板用时：各线程合计、每页平均、页数
profile-no-template = 不用模板

# 文件与文件头
unreadable = 无法读取：{ $detail }
file-too-large = 超过 { $limit } 字节，文本文件不应这么大
not-utf8 = 不是 UTF-8 编码，看起来是 { $encoding }
not-text = 从第 { $line } 行起既不是 UTF-8，也不是已知的中文编码
nul-byte = 含有 NUL 字节，这是文本文件吗
name-not-utf8 = 文件名不是 UTF-8
symlink-ignored = 不跟随符号链接
name-reserved = “{ $name }”是本站自用的网址
name-not-address = “{ $character }”不能用在网址里
front-matter-not-closed = 文件头没有结束
front-matter-too-large = 文件头过大
front-matter-not-mapping = 文件头应当由键和值组成
yaml-syntax = YAML 语法错误：{ $detail }
yaml-null-character = 字符 U+0000 不是文字，请删去
yaml-anchor = 这里不用锚点和别名，请把值写全
yaml-several-documents = 这里开始了第二个文档
yaml-too-deep = 嵌套过深
yaml-too-large = 值过多
yaml-key-not-text = 键应当是普通文字
duplicate-key = 键“{ $key }”出现两次，只能有一个
folder-kind = 文件夹没有说明自己是什么：kind 为“{ $found }”
name-missing = 缺少名称
title-missing = 缺少标题
tile-place = tile 要有 column 和 row，都是 1 到 { $most } 的整数
tile-taken = { $other } 已在这一格
unknown-level = 没有“{ $value }”这一层级
unknown-agency = “{ $value }”处没有单位
place-inside-agency = 位于单位 { $agency } 之内；单位里不能再有地区或单位
report-outside-agency = 这是一份报告，但所在文件夹“{ $folder }”不是单位
report-twice = { $agency } 在 { $period } 有两份范围相同的报告
form-missing = 报告没有说明使用哪种表式
form-unknown = 没有表式“{ $value }”
period-not-understood = “{ $found }”不是报告期
date-not-understood = { $key } 的“{ $found }”不是日期
note-without-figure = { $code } 有注，但没有这个数字
accept-shape = 说明应有 check、at 和 why
accept-without-check = 说明没有写明是哪项核对
accept-without-reason = 说明没有写理由；没有理由不能视为已说明
revision-shape = 更正应有日期、原因和 from … to … 的改动

# 数字
not-a-number = { $code } 的“{ $found }”不是数字
number-too-long = “{ $found }”位数过多，无法精确保存
number-separator = “{ $found }”的分隔符不在三位一组之间
unit-unknown = 不认识单位“{ $found }”
unit-mismatch = “{ $found }”与 { $code } 的单位“{ $expected }”不是同一种量
unit-inexact = “{ $found }”不能精确换算成“{ $expected }”
unknown-indicator = 表中没有“{ $value }”这一项
unknown-column = 这一行没有“{ $value }”列
heading-takes-no-figure = “{ $value }”是标题，没有数字
figure-given-twice = “{ $value }”填写了两次
figure-not-single = “{ $value }”只填一个数字，不是列表
figure-without-value = “{ $value }”有说明而没有数值
row-length = { $row } 一行有 { $found } 格，应为 { $expected } 格
row-not-cells = { $row } 是表式 { $form } 的一行，应按格填写
local-code-prefix = { $code }：本报告自有的代码以 x_ 或 n_ 开头
local-code-undefined = { $code } 是本报告自有的项，但没有名称

# 表式与序列
form-syntax = 不是表式文件：{ $detail }
form-defined-twice = 表式“{ $value }”定义了两次
form-duplicate-code = 代码“{ $value }”用了两次
form-duplicate-id = 标识“{ $value }”用了两次
form-bad-code = “{ $value }”不能作代码：应为小写字母、数字和 _，以字母开头
form-bad-id = “{ $value }”不能作标识：应为小写字母、数字和 -
form-bad-expression = “{ $value }”不是所需的 { $expected }
form-list-and-table = “{ $value }”部分既有列表又有表格
form-parent-cycle = “{ $value }”成了自己的上级
form-relation-without-parent = “{ $value }”有关系而没有带数字的上级
form-title-missing = 表式“{ $value }”没有标题
form-too-large = 超过 { $value } 项
form-unit-missing = “{ $value }”没有单位
form-unknown-code = 没有“{ $value }”这一项
form-unknown-group = 没有项属于“{ $value }”组
form-unknown-relation = 没有“{ $value }”这种关系
form-unknown-table = 没有带表格的部分“{ $value }”
form-unknown-unit = 没有单位“{ $value }”
form-unknown-word = 这里不能写“{ $value }”
series-unknown = 此前没有序列“{ $value }”

# 核对所见
sum-mismatch = { $whole }为{ $expected }，但{ $count }个分项合计为{ $found }，相差{ $difference }
row-total = { $whole }为{ $expected }，但同一行{ $count }格合计为{ $found }，相差{ $difference }
part-exceeds-whole = { $part }（{ $found }）大于{ $whole }（{ $expected }），多{ $difference }
parts-exceed-whole = { $part }合计{ $found }，大于{ $whole }（{ $expected }），多{ $difference }
balance-broken = { $part }为{ $found }，而{ $whole }为{ $expected }；按表内勾稽关系两者应当相等
comparison-equal = { $part }为{ $found }，{ $whole }为{ $expected }；两者通常相等
comparison-at-most = { $part }（{ $found }）大于{ $whole }（{ $expected }）
comparison-at-least = { $part }（{ $found }）小于{ $whole }（{ $expected }）
carry-over-differs = { $part }为{ $found }，而{ $whole }为{ $expected }
stock-flow = { $part }为{ $found }，而按{ $whole }应为{ $expected }
total-blank = { $whole }未填报，但{ $count }个分项都有数字，合计为{ $sum }
fraction-in-count = { $part }为{ $found }，计数却带小数
negative-count = { $part }为{ $found }，计数却小于零
jump = { $part }为{ $found }，上年为{ $expected }，变化超过{ $factor }倍
consolidated-differs = { $part }为{ $found }，但所汇总的{ $count }份报告合计为{ $expected }
form-outside-years = 表式“{ $form }”（{ $id }）不用于{ $year }年
indicator-of-another-form = { $part }是另一种表式“{ $form }”（{ $id }）的指标
year-missing = { $count-number ->
    [1] 本报告与上一份报告之间未见{ $from }年的年报
   *[other] 本报告与上一份报告之间未见{ $from }年至{ $to }年的年报
 }
published-late = 发布于{ $published }，比期限{ $due }晚{ $days }天（{ $source }）
prose-differs = { $part }在正文中为{ $found }，在表中为{ $expected }
accept-unmatched = 说明了 { $check } { $at }，但没有这样的核对结果

# 正文
broken-link = 找不到链接目标 { $destination }
broken-anchor = 本文中没有 id { $anchor }
link-scheme = 不允许 { $scheme }: 链接，只显示文字
missing-image = 找不到图片 { $destination }
image-without-alt = 图片 { $destination } 没有替代文字
heading-order = 标题“{ $heading }”（{ $level } 级）跳过了一级
heading-order-rises = 标题“{ $heading }”（{ $level } 级）比文中第一个标题的级别还高
heading-id = id“{ $id }”已被占用或不可用，改用 { $instead }
footnote-unused = 脚注 { $name } 没有被引用
html-removed = 此处不允许 { $what }，已删除
nesting-too-deep = 嵌套超过 { $most } 层，更深的部分不再分层显示
nesting-unread = 这一行的引用或列表超过 { $most } 层，或缩进过深，全文按原样显示
more-problems = 本文另有 { $count } 个问题
call-syntax-open = 调用没有在同一行以两个右花括号结束
call-syntax-name = 调用应以名称开头，例如 chart
call-syntax-parenthesis = 名称后应为“(”，却是 { $found }
call-syntax-value = 此处应为值："文字"、数字、true、false 或 ["a", "b"]
call-syntax-comma = { $found } 前应为“,”或右括号
call-syntax-string = 列表中只能是引号内的文字
call-syntax-quote = 引号没有闭合
call-syntax-escape = 反斜杠后只能是引号或反斜杠
call-syntax-number = 不是数字
call-syntax-twice = 参数重复
call-syntax-order = 不带名称的参数应在带名称的之前
call-syntax-many = 一个调用最多 64 个参数
call-syntax-end = “)”之后不能再有内容
call-syntax-full-width = { $found } 是全角字符，调用中应使用半角
call-unknown = 没有可调用的 { $name }；可用 figure 和 chart
call-figure-code = figure 应写一个代码，例如 figure("proactive_total")
call-figure-outside-report = figure 只能用在报告的正文里
call-unknown-figure = 本报告没有数字 { $code }
call-chart-inline = 图表应置于段落之间：请让该调用独占一行，前后各空一行
call-chart-level = { $level } 不是标题级别；图表标题的级别为 2 至 6
call-chart-series = chart 应写一个序列或一组，例如 chart("requests_received")
call-chart-group = { $group } 一组只能在报告的页面上画，或为有报告的单位画
call-chart-agencies = agencies 应为一个路径或路径列表
call-chart-years = years 应为一个或两个年份，例如 "2012-2018"
call-chart-empty = { $series } 的数字太少，或各部分之和不是整体，画不成图
call-chart-kind = 没有图 { $kind }；可用 { $kinds }
call-chart-kind-group = 图 { $kind } 画的是一组，例如 chart("{ $group }", kind="{ $kind }")
call-chart-kind-series = { $group } 一组没有图 { $kind }；可用 { $kinds }
call-chart-tiles = 这里没有写明方位的地区；在地区的 _index.md 里写 tile: {"{"}column: 1, row: 1{"}"}
call-chart-tiles-agencies = kind="tiles" 画的是地区，不能写 agencies
call-chart-one-agency = { $group } 一组只为一个单位画，此处写了几个
call-unknown-argument-near = chart 没有参数 { $argument }；是否指 { $near }？
call-unknown-series-near = 没有序列 { $code }；是否指 { $near }？
call-unknown-agency-near = { $path } 处没有单位；是否指 { $near }？
call-unknown-argument = chart 没有参数 { $argument }；可用 series、agencies、years、kind
call-unknown-series = 没有序列 { $code }
call-unknown-agency = { $path } 处没有单位

# 主题与输出
strings-syntax = Fluent 语法错误：{ $detail }
template-syntax = 模板无法读取：{ $detail }
template-fault = 模板出错：{ $detail }
template-missing = 没有模板 { $template }
theme-file-missing = theme.toml 列出的 { $path } 不存在
theme-not-utf8 = 主题的文本应为 UTF-8
theme-syntax = theme.toml 无法读取：{ $detail }
unknown-theme = themes/ 里没有主题 { $theme }
path-collision = { $first } 与 { $second } 在本机或 macOS、Windows 上会是同一个文件，或一个是文件、一个是同名目录
folder-unmatched = `{ $found }` 中没有内容
help-folder-unmatched = 请写 content/ 下实有的目录；这里的设置没有作用
unusable-path = 无法发布 { $path }：{ $detail }
alias-unusable = 网址 { $alias } 已被占用或不可用

# 标签与帮助
label-first-here = 第一次出现在这里
label-full-width = “{ $mark }”是全角字符，YAML 需要半角
label-more-than-whole = 比总数多{ $difference }
label-sum-differs = 分项合计为{ $found }
label-differs = { $found }，不是{ $expected }
label-total-blank = 分项合计为{ $sum }
label-a-part-of = { $whole }（{ $expected }）的一部分，比总数多{ $difference }
label-the-whole = 总数
help-accept = 如果原文就是这样，保留它，并写在 accept: 下：{"{"}check: { $check }, at: …, why: …{"}"}
help-agency-path = 用 content/ 下的文件夹路径指明单位
help-close-front-matter = 用一行三个连字符结束
help-columns = 各列依次为 { $columns }；空白格写 ~
help-convert-to-utf8 = 请转换编码，例如 iconv -f { $encoding } -t UTF-8
help-date = 应写作 2013-03-18
help-define-level = 在 site.toml 的 [levels] 里写明
help-define-local = 请定义：local: {"{"}{ $code }: {"{"}label: …, unit: …{"}"}{"}"}
help-expression = 写若干项之和与 = <= >= 之一，例如 a + b = c + d
help-figure = 写一个数字；空白格留空；不适用写 -；约数照原文写，例如 680余、<1
help-folder-kind = 在它的 _index.md 里写 kind: region 或 kind: agency
help-form-expected = 这一年应为：{ $forms }
help-known-forms = 表式有：{ $forms }
help-local-code = 本报告自有的项以 x_ 开头，并在 local: 下写明名称
help-make-agency = 新建 content/{ $folder }/_index.md，写明 kind: agency 和名称
help-name = 写 name: …，或 name: {"{"}zh: …, en: …{"}"}
help-name-address = 用字母、数字、- 和 _
help-period = 报告期写作 2012、2022-H1、2022-Q3 或 2023-24
help-remove-accept = 删去这条说明，或更正其中的核对名称和代码
help-report-twice = 删去一份，或给汇总的那份写 scope: consolidated
help-theme-complete = 自有主题应备齐所用的模板，或沿用默认模板
help-title = 写 title: …
help-write-row = 应写作 { $example }

search-no-index = { $folder } 里没有可用的搜索索引：{ $detail }
help-search-build = 先运行 glasshouse build；site.toml 中 search 须为 "on"
search-as-simplified = 没有照原字的结果，以下是“{ $query }”的结果
search-part-missing = 没有一页含有“{ $part }”
search-total = 约{ $count }条结果
