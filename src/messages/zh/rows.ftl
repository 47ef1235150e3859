# 写成表格的规则，以及规则之间的关系。

code-p015 = 表格的这一行不成规则：{ $why }
    .page =
        用来读作规则的表格有一行表头，其下每行一条规则，每列一个单元格。编号与其他规则的编号同样写法；要求程度和时限的写法与规则文件相同，中英文均可。
        错误：
            编号	标题	要求程度	时限
            d.1	年度报告	也许	截至 2025年
        正确：
            编号	标题	要求程度	时限
            d.1	年度报告	应当	截至 2025年
code-r070 = 照这里所写，无法从表格读出规则：{ $why }
    .page =
        `要求表`和`关联表`写明放在规则文件旁边或其下级文件夹里的表格，并逐列写明各是什么，或者忽略。
        错误：
            要求表 "职责" {"{"}
              证据 told "有材料称已做到"
              列 "id" 作为 编号 {"}"}
        正确：
            要求表 "职责" {"{"}
              文件名 "rules.tsv"
              证据 told "有材料称已做到"
              列 "id" 作为 编号
              列 "title" 作为 英文
              列 "modality" 作为 要求程度
              列 "timing" 作为 时限 {"}"}
code-r071 = 这个关系行不通：{ $why }
    .page =
        一条规则可以是另一些规则的一部分，也可以贡献于某些指标。所指的规则和指标必须存在，各写一次，规则不能是自身的一部分。
        错误：
            里程碑 m "里程碑" {"{"}
              隶属 plan
              证据 list "清单"
              要求 list 截至 2025年 {"}"}
        正确：
            里程碑 plan "规划" {"{"}
              证据 list "清单"
              要求 list 截至 2025年 {"}"}
            里程碑 m "里程碑" {"{"}
              隶属 plan
              证据 list "清单"
              要求 list 截至 2025年 {"}"}
rows-elsewhere = 表格应是放在规则文件旁边或其下级文件夹里的 `.tsv` 或 `.csv` 文件
rows-not-there = 规则文件旁边没有表格 `{ $name }`
rows-no-file = 没有写明`文件名`
rows-role = 这种表格的行不能有 { $role }
rows-twice = 前面已经写过
rows-lacks = 没有一列是 { $roles }
rows-no-evidence = 没有写明`证据`：一行靠什么证明
rows-of-links = 关联表没有`证据`、`来源`和`类型`
rows-no-source = 引了章节、行号或原文，却没有用`来源`写明是哪份文件
rows-blank-header = 有一列没有名称
rows-unknown-header = 列 `{ $name }` 既没有读取也没有忽略
rows-no-column = { $file } 没有 `{ $name }` 这一列
rows-column-twice = { $file } 有不止一列 `{ $name }`
rows-blank = { $role } 的单元格是空的
rows-id = `{ $name }` 不是编号
rows-basis = `{ $name }` 既没有说是文件明示，也没有说是推断
rows-kind = 没有声明过 `{ $name }` 这种规则类型
rows-modality = `{ $name }` 不是要求程度
rows-timing = `{ $name }` 没有说明何时
rows-line = `{ $name }` 不是行号
rows-kind-of-rule = 规则的类型是一段文字，如 "制度"
rows-kind-of-indicator = 指标的类型是一个词，如`存量`；写成文字的是规则的类型
relation-no-rule = 没有规则叫 `{ $name }`
relation-twice = `{ $name }` 前面已经写过
relation-no-indicator = `{ $name }` 是算出来的量，要经由它所用的数据来推动
relation-of-check = 核对和判定不贡献于指标
relation-circle = `{ $name }` 成了自身的一部分
help-rows-timing = 写法与`要求`后面相同：`截至 2025年`、`每 年 自 2021年`、`定期`；文件没有写明期限的写`未定时限`
reason-undated = 文件没有写明应在何时之前做到
explain-timing-undated = 文件没有写明应在何时之前做到；以 { $day } 为准，知悉日 { $knownOn }
explain-modality-words = 要求程度：{ $modality }，依据文中“{ $words }”
explain-sort = 类型：{ $sort }
explain-part-of = 属于{ $wholes }
explain-rule-named = { $label }（{ $id }）
explain-feeds-stated = 贡献于{ $indicator }，文件自己这样写
explain-feeds-inferred = 贡献于{ $indicator }，由规则包的作者推断
explain-feeds-note = { $what }：{ $note }
due-undated = 未定时限
standing-other-time = 所注日期不在所判断的那段时间内
graph-fed = 推动{ $indicator }的事项（不参与判定）
graph-fed-stated = 文件自己这样写
graph-fed-inferred = 由规则包的作者推断
graph-fed-parts = 连同下级共 { $count } 个组成部分
graph-fed-nobody = 文件没有写明责任单位
graph-fed-owner = { $owner }负责 { $rules }
report-folded = 没有任何证据的 { $count } 项：{ $verdicts }
report-folded-hint = 要看没有证据的各项，请用 --rule 或 --category 指明规则或类别
code-p016 = 大纲的这一行不成章节：{ $why }
    .page =
        大纲是一张表格，文件的每个章节占一行：编号、首行和末行，以及没有可核对内容的理由（如果确实没有）。`plumbrule coverage` 拿规则所引的行与它对照。
        错误：
            section	level	title_zh	title_en	document	first	last	prose_zh	prose_en
            1	section	目标		plan	40	12
        正确：
            section	level	title_zh	title_en	document	first	last	prose_zh	prose_en
            1	section	目标		plan	12	40
outline-no-column = 没有 `{ $name }` 这一列
outline-blank = `{ $name }` 的单元格是空的
outline-order = 末行在首行之前
outline-empty = 没有一行
coverage-section = 章节
coverage-document = 文件
coverage-lines = 行
coverage-state = 状态
coverage-why = 理由
coverage-missing = 缺
coverage-prose = 叙述
coverage-covered = 有规则
coverage-counts = 共 { $all } 个章节：{ $covered } 个有规则，{ $prose } 个声明为没有可核对的内容，{ $missing } 个缺
coverage-elsewhere = 有 { $count } 条规则引了该文件，但所引的行不在任何章节内：{ $rules }
cli-coverage = 一份文件的哪些章节有规则引用、哪些是叙述、哪些缺
cli-arg-outline = 文件各章节及其行号的表格
cli-arg-missing = 只列缺的章节
cli-arg-coverage-format = 输出形式；未写时由 --out 的结尾决定
cli-examples-coverage =
    plumbrule coverage rules/nip-2021 rules/nip-actions rules/nip-tasks --outline rules/nip-tasks/outline.tsv
    plumbrule coverage rules/nip-tasks --outline rules/nip-tasks/outline.tsv --out 覆盖.csv # 写成表格
cli-exit-coverage =
    0  没有缺的章节
    1  有章节既没有规则，也没有声明为叙述
    2  出错
