# 规则包中值得有人看一眼之处。

lint-allow = 允许
lint-allow-unknown = 没有 `{ $name }` 这项检查
lint-allow-idle = 这里并没有 `{ $code }`
lint-allow-reason = 没有写理由，理由写在冒号之后
lint-all-tasks = 规则包的 { $count } 个目标与里程碑全都
lint-none = 未发现问题
lint-summary = 警告 { $warnings } 条，说明 { $notes } 条
lint-fixed = 已改正 { $count } 处
lint-allowed = 规则包自己写明理由而不提示的：{ $count } 处
lint-mendable = --fix 可改正 { $count } 处
lint-unexamined = { $code } 有 { $count } 项未能检查：{ $why }（{ $items }）
code-l001 = 这条注释没有起到作用：{ $why }
    .page =
        写在项目之上或其中一行之上的注释 `// 允许 代码：理由` 使该处不再提示这项检查。所写代码须是该处确有的提示，并须说明为何仍然正确；否则会掩盖以后的问题。`plumbrule lint --fix` 会删去不起作用的注释。
        错误：
            // 允许 L002
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            // 允许 L002：由会议口头决定
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
code-l002 = `{ $rule }` 没有写明出处
    .page =
        没有`出处`的规则无法与其所依据的文本对照。核对只是算术，不需要出处；判定可以在情形中写出处。
        错误：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            文件 plan "规划" {"{"} {"}"}
            目标 growth "增长" {"{"}
              要求 coverage 不低于 80% 截至 2025年
              出处 plan "三" "不低于80%" {"}"}
help-l002 = 写明出自哪个文件、哪一节、哪句原文
code-l003 = { $what } 没有责任单位
    .page =
        目标或里程碑自身及其所属的上级都没有责任单位，就难以督办。许多文本本来就不写责任单位，所以只作说明；整个规则包都没有写的，只说一次。
        错误：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            目标 growth "增长" {"{"}
              要求 coverage 不低于 80% 截至 2025年
              责任单位 "网络司" {"}"}
code-l004 = 没有用例检验 `{ $rule }`
    .page =
        规则包的用例都没有问到的规则，写错了也没有人知道。`plumbrule test --reach` 说得更细：用例触及哪些界限与情形；`plumbrule mutate` 说明哪些改动会被察觉。
        错误：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            用例 "增长" {"{"} 给定 coverage @ 2025年 = 80% 预期 growth 通过 {"}"}
help-l004 = 写一个`用例`，给出数据并写明预期的结论
cli-lint = 指出规则包中值得有人看一眼之处，并可改正能安全改正的
cli-arg-lint-figures = 供查看数据的检查使用的表格、工作簿或其文件夹；不给出时略去这些检查
cli-arg-fix = 把能安全改正的写回规则包的规则文件
cli-arg-deny = 这些代码的说明也计入退出状态
cli-arg-allow = 略去这些代码
cli-arg-lint-format = 输出形式；未写时由 --out 的结尾决定
cli-examples-lint =
    plumbrule lint rules/nip-2021
    plumbrule lint rules/nip-2021 --allow L003 --figures fixtures/published # 连同已公布的数据
    plumbrule lint rules/nip-2021 --fix
cli-exit-lint =
    0  没有发现，或只有说明
    1  有值得看的问题
    2  出错
