# 核对的分组
check-group-arithmetic = 表内算术
check-group-across-years = 跨年
check-group-identity = 表式与前后报告
check-group-time = 时间
check-group-prose = 正文与表
check-group-text = 页面文字
check-group-acceptance = 说明

# 各项核对，依说明的次序：名称、说明、所见。

check-sum-mismatch = 分项之和不等于总数
explain-sum-mismatch = 按表式，这些分项构成总数，但合计与总数不同
sum-mismatch = { $whole }为{ $expected }，但{ $count }个分项合计为{ $found }，相差{ $difference }

check-part-exceeds-whole = 部分大于总数
explain-part-exceeds-whole = 一个数字或几个数字合计，大于它们所属的总数
part-exceeds-whole = { $part }（{ $found }）大于{ $whole }（{ $expected }），多{ $difference }
parts-exceed-whole = { $part }合计{ $found }，大于{ $whole }（{ $expected }），多{ $difference }
label-more-than-whole = 比总数多{ $difference }

check-balance-broken = 勾稽关系不成立
explain-balance-broken = 表上印明的勾稽关系在某一列不成立
balance-broken = { $part }为{ $found }，而{ $whole }为{ $expected }；按表内勾稽关系两者应当相等

check-row-total = 行总计不符
explain-row-total = 一行的总计不等于各格之和
row-total = { $whole }为{ $expected }，但同一行{ $count }格合计为{ $found }，相差{ $difference }

check-comparison = 关系异常
explain-comparison = 两个数字之间不是通常的关系
comparison-equal = { $part }为{ $found }，{ $whole }为{ $expected }；两者通常相等
comparison-at-most = { $part }（{ $found }）大于{ $whole }（{ $expected }）
comparison-at-least = { $part }（{ $found }）小于{ $whole }（{ $expected }）

check-total-blank = 总数未填
explain-total-blank = 分项都有数字而总数空白；只显示分项之和，从不代填
total-blank = { $whole }未填报，但{ $count }个分项都有数字，合计为{ $sum }
label-total-blank = 分项合计为{ $sum }

check-fraction-in-count = 计数带小数
explain-fraction-in-count = 应为整数的计数带有小数
fraction-in-count = { $part }为{ $found }，计数却带小数

check-negative-count = 计数为负
explain-negative-count = 计数小于零
negative-count = { $part }为{ $found }，计数却小于零

check-carry-over-differs = 结转不一致
explain-carry-over-differs = 上年结转的数字不等于上一年度报告结转下年度的数字
carry-over-differs = { $part }为{ $found }，而{ $whole }为{ $expected }

check-stock-flow = 存量与增减不符
explain-stock-flow = 现行有效数不等于上年数加制发减废止
stock-flow = { $part }为{ $found }，而按{ $whole }应为{ $expected }

check-jump = 变化过大
explain-jump = 数字比上年相差若干倍以上，也可能属实
jump = { $part }为{ $found }，上年为{ $expected }，变化超过{ $factor }倍

check-year-missing = 缺少年份
explain-year-missing = 同一单位的两份报告之间有年份未见年报；缺口从不补齐
year-missing = { $count-number ->
    [1] 本报告与上一份报告之间未见{ $from }年的年报
   *[other] 本报告与上一份报告之间未见{ $from }年至{ $to }年的年报
 }

check-form-outside-years = 表式与年度不符
explain-form-outside-years = 报告使用的表式不是该年度应使用的
form-outside-years = 表式“{ $form }”（{ $id }）不用于{ $year }年
help-form-expected = 这一年应为：{ $forms }

check-indicator-of-another-form = 其他表式的指标
explain-indicator-of-another-form = 报告给出了本表没有而其他表式有的项目
indicator-of-another-form = { $part }是另一种表式“{ $form }”（{ $id }）的指标

check-consolidated-differs = 汇总不符
explain-consolidated-differs = 汇总报告的数字不等于所汇总各报告之和
consolidated-differs = { $part }为{ $found }，但所汇总的{ $count }份报告合计为{ $expected }

check-published-late = 逾期发布
explain-published-late = 报告发布晚于该时期、该层级的法定期限
published-late = 发布于{ $published }，比期限{ $due }晚{ $days }天（{ $source }）

check-prose-differs = 正文与表不一致
explain-prose-differs = 同一项目，报告正文与统计表的数字不同
prose-differs = { $part }在正文中为{ $found }，在表中为{ $expected }

check-broken-link = 链接失效
explain-broken-link = 文字里的链接指向本站没有的页面或文件
broken-link = 找不到链接目标 { $destination }

check-broken-anchor = 页内链接失效
explain-broken-anchor = 文字里的链接指向本页没有的位置
broken-anchor = 本文中没有 id { $anchor }

check-link-scheme = 链接类型不可用
explain-link-scheme = 链接用了不允许的协议，如 javascript:；链接已去掉
link-scheme = 不允许 { $scheme }: 链接，只显示文字

check-missing-image = 图片不存在
explain-missing-image = 文字引用的图片文件不存在
missing-image = 找不到图片 { $destination }

check-image-without-alt = 图片没有替代文字
explain-image-without-alt = 看不见图片的人不知道图里是什么
image-without-alt = 图片 { $destination } 没有替代文字

check-heading-order = 标题层级跳跃
explain-heading-order = 标题跳过了一级，或高于正文的最高一级
heading-order = 标题“{ $heading }”（{ $level } 级）跳过了一级
heading-order-rises = 标题“{ $heading }”（{ $level } 级）比文中第一个标题的级别还高

check-heading-id = 标题代号重复
explain-heading-id = 标题的代号不能用或已被占用，换成了别的
heading-id = id“{ $id }”已被占用或不可用，改用 { $instead }

check-html-removed = HTML 被去掉
explain-html-removed = 文字里的 HTML 含有不允许的标签或属性
html-removed = 此处不允许 { $what }，已删除

check-footnote-unused = 脚注没有用到
explain-footnote-unused = 脚注没有在文字中引用，不会显示
footnote-unused = 脚注 { $name } 没有被引用

check-accept-unmatched = 说明无对应
explain-accept-unmatched = 报告说明了一条不存在或已不存在的核对结果
accept-unmatched = 说明了 { $check } { $at }，但没有这样的核对结果
help-remove-accept = 删去这条说明，或更正其中的核对名称和代码

# 几项核对共用
label-sum-differs = 分项合计为{ $found }
label-differs = { $found }，不是{ $expected }
help-accept = 如果原文就是这样，保留它，并写在 accept: 下：{"{"}check: { $check }, at: …, why: …{"}"}
