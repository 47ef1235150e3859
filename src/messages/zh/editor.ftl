# 语言服务器所说的话。
editor-kind-quantity = 量
editor-kind-rule = 规则
editor-kind-document = 文件
editor-kind-body = 主体
editor-kind-breakdown = 分组
editor-kind-code = 代码
editor-kind-calendar = 日历
editor-kind-weights = 权重方案
editor-kind-scale = 等级序列
editor-kind-pack = 规则包
editor-kind-unit = 单位
editor-kind-dimension = 量纲
editor-kind-function = 函数
editor-kind-definition = 口径
editor-kind-outcome = 结论
editor-kind-case = 情形
editor-kind-evidence = 证据项
editor-kind-element = 评分要素
editor-value = { $value }
editor-definition = { $id } “{ $label }”
editor-figure = { $figure }：印为“{ $printed }”；{ $source }
editor-asked-by = { $rule } “{ $label }”要求它
editor-more = 另有 { $count } 条
editor-old = 以上是上次保存时的结论，此后文本有改动
editor-no-verdict = 尚无结论：规则包不能编译，或没有指明数据
editor-verdicts = { $period }：{ $counts }
editor-count = { $verdict } { $count }
editor-verdict = { $entity }：{ $verdict }
editor-rename-nothing = 这里没有可以改的名字
editor-rename-standard = `{ $name }` 是标准库声明的，规则包不能改它
editor-rename-used = `{ $name }` 是规则包 `{ $pack }` 声明的，要到那里改名
editor-rename-taken = `{ $name }` 已经是 `{ $other }` 的名字，声明在 `{ $place }`
editor-rename-written = `{ $file }` 第 { $line } 行的 `{ $found }` 与这个名字写法不同，先手工改好
editor-rename-problem = 改名为 `{ $name }` 后规则包会有问题：{ $problem }
editor-rename-elsewhere = 改名为 `{ $name }` 后，有的词所指会与原来不同
editor-rename-unread = `{ $file }` 第 { $line } 行起有一部分无法读取，里面可能有这个名字，先改正它
editor-mend = 修复 { $code }
editor-write = 改写为 `{ $words }`
editor-run = 运行
editor-run-all = 运行规则包的全部用例
editor-run-passed = 已通过，再次运行
editor-run-failed = 未通过 { $failed } 例，共 { $count } 例，再次运行
editor-ran = 用例通过 { $passed } 例，未通过 { $failed } 例
editor-no-pack = 没有规则包含有这个文件
editor-does-not-compile = 规则包不能编译，用例都无法运行
cli-lsp = 供编辑器使用的语言服务器，走标准输入输出
cli-arg-lsp-figures = 结论依据的数据表；未写时取规则包文件夹中的表，或 fixtures/published
cli-arg-lsp-period = 显示哪一时期的结论；未写时取有数据的最近一年
cli-examples-lsp =
    plumbrule lsp
    plumbrule lsp --figures fixtures/published --lang zh
cli-exit-lsp =
    0  编辑器已告别
    1  编辑器不辞而别
    2  出错，例如参数有误
