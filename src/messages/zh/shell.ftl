cli-init = 新建一个可以直接运行的规则包，附数据和下一步说明
cli-list = 列出规则包声明的内容，以及语言和程序所知的内容
cli-completions = 输出命令行补全脚本，可补全命令、选项和文件
cli-man = 输出手册页，或把全部手册页写入文件夹
cli-arg-color = 是否着色；auto 为仅在终端着色，设有 NO_COLOR 时不着色
cli-arg-help = 显示帮助
cli-arg-version = 显示版本
cli-arg-folder = 文件夹，没有则新建；其名称即规则包的编号
cli-arg-kind = 列出什么；不写则显示可以列出的种类
cli-arg-list-pack = 规则文件，或其所在文件夹；缺省为当前文件夹或 ./rules 中的规则包
cli-arg-list-format = 供人阅读、供程序读取，或供电子表格使用
cli-arg-explain-period = 评价期，如 2024；缺省为有数据的最近一年
cli-arg-wanted = 只列含有这段文字的行，中英文均可
cli-arg-shell = 命令行外壳
cli-arg-page = 命令；缺省为整个程序
cli-arg-man-out = 把全部手册页写入这个文件夹
cli-arg-watch = 规则文件或数据表一保存就重新核对，按 Ctrl-C 结束
cli-arg-reach = 列出用例触及了哪些规则、版本、情形、推定和等级，每个比较在界限的哪几侧出现过
cli-arg-at-least = 应触及的只触及了不足这个百分数时，退出状态为 1
cli-arg-test-format = 输出形式；不写则看 --out 的扩展名
cli-arg-test-watch = 规则文件一保存就重新运行用例，按 Ctrl-C 结束
cli-heading-commands = 命令：
cli-heading-arguments = 参数：
cli-heading-options = 选项：
cli-heading-examples = 示例：
cli-heading-exit = 退出码：
cli-heading-environment = 环境变量：
cli-choices = {" "}[可取 { $choices }]
cli-default = {" "}[缺省 { $value }]
cli-value-command = 命令
cli-value-options = 选项
cli-value-order = 次序
cli-value-pack = 规则包
cli-value-percent = 百分数
cli-value-path = 路径
cli-value-file = 文件
cli-value-folder = 文件夹
cli-value-period = 时期
cli-value-date = 日期
cli-value-format = 格式
cli-value-bytes = 字节数
cli-value-id = 编号
cli-value-name = 名称
cli-value-verdict = 结论
cli-value-rule-code = 规则|代码
cli-value-entity = 主体
cli-value-phase = 阶段
cli-value-lang = 语言
cli-value-when = 时机
cli-value-kind = 种类
cli-value-n = 数
cli-value-direction = 方向
cli-value-indicator-period = 指标[@时期]
cli-value-method = 方法
cli-value-figure = 指标@时期=数值
cli-value-receipt = 回执
cli-value-dir = 文件夹
cli-value-report = 报告
cli-value-key = 公钥
cli-value-text = 文字
cli-value-shell = 外壳
cli-examples-plumbrule =
    plumbrule init 我的规划
    plumbrule check rules/nip-2021 --figures fixtures/published
    plumbrule explain nip.2 --period 2024
cli-examples-check =
    plumbrule check rules/nip-2021 --figures fixtures/published
    plumbrule check rules/nip-2021 --figures fixtures/published --period all --verdict 未通过,无法判定
    plumbrule check rules/nip-2021 --figures fixtures/published --format json --out 报告.json
    plumbrule check rules/nip-2021 --figures fixtures/published --receipt receipt.json
cli-examples-explain =
    plumbrule explain nip.2 --rules rules/nip-2021 --figures fixtures/published --period 2024
    plumbrule explain R001 # 错误代码
cli-examples-test =
    plumbrule test rules/nip-2021
    plumbrule test rules/data-export --reach # 用例触及了什么
    plumbrule test rules/data-export --reach --at-least 90 --format html --out 用例.html
    plumbrule test rules/nip-2021 --watch # 保存即重跑
cli-examples-fmt =
    plumbrule fmt rules/nip-2021
    plumbrule fmt --check rules # 只检查
    plumbrule fmt --lang zh pack.plumb # 换成中文关键词
cli-examples-dump =
    plumbrule dump rules/nip-2021 --phase graph # 计算次序与引用关系
cli-examples-graph =
    plumbrule graph rules/nip-2021 --rule nip.2
    plumbrule graph rules/nip-2021 --affected penetration_5g@2024 # 这个数据变动会影响什么
    plumbrule graph rules/nip-2021 --format svg --out 图.svg
cli-examples-outlook =
    plumbrule outlook rules/nip-2021 --figures fixtures/published --period 2024
    plumbrule outlook rules/nip-2021 --figures fixtures/published --period 2024 --method all --rule nip.1
    plumbrule outlook rules/nip-2021 --figures fixtures/published --period 2024 --what-if penetration_5g@2024=50% # 假设一个数据
cli-examples-replay =
    plumbrule replay receipt.json # 上一步 check 写下的回执
cli-examples-keygen =
    plumbrule keygen auditor.pem # 公钥写入 auditor.pub.pem
cli-examples-sign =
    plumbrule sign receipt.json --key auditor.pem --out receipt.signed.json # 写出已签署的回执
cli-examples-verify =
    plumbrule verify receipt.signed.json --key auditor.pub.pem # 核验签名
cli-examples-init =
    plumbrule init 我的规划
    plumbrule init my-plan-en --lang en # 英文规则包
cli-examples-list =
    plumbrule list rules rules/nip-2021
    plumbrule list indicators rules/nip-2021 --match 普及率
    plumbrule list units --match 公里 --format csv
cli-examples-completions =
    plumbrule completions bash > ~/.local/share/bash-completion/completions/plumbrule # 中文说明加 --lang zh
    plumbrule completions fish > ~/.config/fish/completions/plumbrule.fish
cli-examples-man =
    plumbrule man check | man -l - # 查看一页
    plumbrule man --out ~/.local/share/man/zh_CN/man1
cli-exit =
    0  完成
    2  出错
cli-exit-plumbrule =
    0  完成；check：没有未通过，也没有无法判定
    1  有目标或用例未通过，或有文件需要改动
    2  出错
    3  check：没有未通过，但有无法判定
cli-exit-check =
    0  没有未通过，也没有无法判定
    1  有目标未通过，或举证责任在填报方而无法判定
    2  参数、规则或数据有错
    3  没有未通过，但有无法判定
cli-exit-replay =
    0  字节和结论都相同
    1  有差异
    2  出错，如文件不是回执
cli-exit-verify =
    0  核验通过
    1  核验未通过
    2  出错，如公钥不可读
cli-exit-test =
    0  用例全部通过
    1  有用例未通过，或者触及的不足 --at-least 所要求的
    2  出错
cli-exit-fmt =
    0  完成；加 --check：没有需要改动的文件
    1  加 --check：有文件需要改动
    2  出错
cli-environment-plumbrule =
    PLUMBRULE_LANG  zh 或 en，未写 --lang 时用；其次看 LC_ALL、LC_MESSAGES、LANG
    COLUMNS         按多少列排版；缺省为终端的列数，不是终端则为 80
    NO_COLOR        设置后不着色
    CLICOLOR_FORCE  设置且不为 0 时，不是终端也着色；设有 NO_COLOR 时除外
man-name = 名称
man-synopsis = 概要
man-options = 选项
man-subcommands = 命令
usage-no-command = 没有命令 `{ $found }`
usage-no-option = `{ $command }` 没有选项 `{ $argument }`
usage-unexpected = 多了一个参数 `{ $argument }`
usage-value = `{ $argument }` 不能取 `{ $value }`
usage-no-value = `{ $argument }` 后面缺少值
usage-twice = `{ $argument }` 写了不止一次
usage-conflict = `{ $argument }` 不能与 { $others } 同用
usage-missing = 缺少：{ $arguments }
usage-missing-command = 缺少命令
usage-too-many = `{ $argument }` 不能再有值 `{ $value }`
usage-too-few = `{ $argument }` 要 { $wanted } 个值，实有 { $found } 个
usage-no-equals = `{ $argument }` 与其值之间要写等号
usage-not-utf8 = 有参数不是 UTF-8
usage-other = 原因：参数解析器说“{ $why }”
help-usage = 用法 `{ $usage }`，全部说明见 `{ $command } --help`
help-example = 例如 `{ $line }`
help-packs-here = 此处的规则包：{ $packs }
help-no-pack-here = 此处没有规则包；`plumbrule init 名称` 写一个可以直接运行的
help-other-command = `{ $argument }` 是 { $commands } 的选项
help-path-first = 路径写在命令之后，如 `{ $line }`
help-path-later = 路径要往后移一位，如 `{ $line }`
help-whole-number = 此处应为整数，如 1000000
help-folder-empty = 文件夹 `{ $folder }` 是空的
help-folder-holds = 文件夹 `{ $folder }` 里有 { $names }
help-folder-holds-more = 文件夹 `{ $folder }` 里有 { $names }，另有 { $more } 个
help-table-as-rules = 数据表写在选项之后：`{ $line }`
help-rules-as-table = 规则文件即规则包：`plumbrule check 规则包 --figures 数据表`，`plumbrule explain 规则 --rules 规则包 --figures 数据表`
help-out-inside = 请写明其中的文件，如 `{ $file }`
help-make-folder = 请先建立：`{ $line }`
help-init-elsewhere = 请换一个文件夹：`plumbrule init 文件夹`
cli-table-as-rules = 此处应为规则，`{ $file }` 是数据表
cli-rules-as-table = 此处应为数据表，`{ $file }` 是规则文件
cli-no-folder = 没有文件夹 `{ $folder }`
cli-out-is-folder = `{ $folder }` 是文件夹，不能当作文件写入
why-not-found = 不存在
why-permission = 没有权限
why-exists = 已经存在
why-folder = 是文件夹
why-no-folder = 路径中有一段不是文件夹
why-full = 空间不足
why-read-only = 文件系统只读
why-reader-gone = 输出已无人接收
why-library = 读取程序或系统说“{ $why }”
init-wrote = 已写入 { $file }
init-default-id = 文件夹名 `{ $name }` 不能用作规则包编号，编号取 `{ $id }`
init-next = 下一步怎么做见 { $page }；可以先运行：
init-no-folder = `{ $folder }` 不是文件夹
init-is-there = 什么都没有写：`{ $folder }` 里已有 { $files }
watch-changed = 有改动：{ $files }
watch-waiting = 等待文件保存，按 Ctrl-C 结束
watch-differs = 与上次不同：{ $count }
watch-same = 与上次相同
watch-other = { $name }：原为{ $was }，现为{ $now }
watch-new = { $name }：新增，{ $now }
watch-gone = { $name }：原为{ $was }，现已没有
watch-format = --watch 在终端输出，供人阅读；`{ $format }` 格式用于文件
help-watch-out = 加 --out 文件，则每次改动都重写该文件
