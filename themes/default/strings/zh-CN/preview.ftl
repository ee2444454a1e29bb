preview-at = 预览：{ $url }（按 Ctrl-C 结束）
preview-port-taken = 端口 { $port } 已被占用，改用 { $instead }
preview-open-to-others = 能连到本机 { $address } 的人也能看到预览
preview-not-opened = 无法打开浏览器：{ $detail }
preview-refreshed = { $files-number ->
    [one] { $first } 有改动，{ $milliseconds } 毫秒后已更新
   *[other] { $files } 个文件有改动，{ $milliseconds } 毫秒后已更新
 }
preview-refreshed-all = 已重新读取全部文件，{ $milliseconds } 毫秒后已更新
preview-mended = 错误已全部改正
preview-polling = 系统无法监视这么多文件（{ $detail }），改为每秒比对一次
preview-blind = 无法再察觉文件的改动：{ $detail }
preview-ended = 预览已结束
preview-stale = 网站的文件有错误。改正之前，显示的是最后一次正确的内容。
preview-nothing = 网站的文件有错误，改正之后才能显示。
preview-page-faulty = 本页有错误。
preview-close = 关闭
preview-more = ……另有 { $count } 条，见终端
