strings-untranslated = 语言 { $language } 缺{ $count }条文字：{ $ids } 等
help-strings-untranslated = 在 strings/{ $language }/ 下的 .ftl 文件里补上；在那之前显示另一种语言
name-untranslated = “{ $name }”没有 { $language } 的名称
help-name-untranslated = 在 `{ $language }:` 下补上；在那之前按原样显示，并标明语言
doctor-clean = 没有发现问题。
doctor-override-unchanged = 这个文件代替主题自带的同名文件；自带的文件此后没有变化
doctor-override-changed = 这个文件代替主题自带的同名文件；自带的文件此后有变化
doctor-override-unmarked = 这个文件代替主题自带的同名文件，但没有注明来自哪一版
help-doctor-changed = 并入自带文件的变化，再把注释改为 `{ $mark }`
help-doctor-unmarked = 在文件的注释里写上 `{ $mark }`，以后就能知道自带的文件是否有变化
doctor-template-unused = 没有页面或模板用到这个模板
doctor-string-unused = 没有地方用到 `{ $id }` 这条文字
doctor-draft = 这是草稿，不会发布
doctor-unreached = 从首页出发，没有链接能到达这里
theme-bad-name = `{ $name }` 不能用作主题的名称
theme-no-file = 自带主题里没有 { $path } 可以复制
help-theme-no-file = 文件名见 docs/themes.md，例如 templates/report.html、static/css/page.css
theme-begun = 主题 { $name } 已建好（{ $files }个文件）。在 site.toml 里写上 theme = "{ $name }" 就会使用它。
