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
code-l005 = 按声明的取值范围，此处{ $always }：`{ $what }` 为 { $range }
    .page =
        取值范围允许的任何数据都不会改变这个比较。多半是两者之一有笔误，或者写了一个什么也不决定的条件。取值范围都是声明的，从不假定；目标的界限由 T009 指出。
        错误：
            指标 share {"{"} 类型 占比 单位 % 取值范围 介于 0% 至 100% {"}"}
            核对 sum "合计" {"{"} 要求 share + share 不高于 300% {"}"}
        正确：
            指标 share {"{"} 类型 占比 单位 % 取值范围 介于 0% 至 100% {"}"}
            核对 sum "合计" {"{"} 要求 share + share 不高于 150% {"}"}
code-l006 = { $value } 在{ $indicator }声明的取值范围 { $bounds } 之外
    .page =
        基期值或节点值是该指标的数据不可能有的值。或者取值范围过窄，或者数字有笔误。
        错误：
            指标 share {"{"} 类型 占比 单位 % 取值范围 介于 0% 至 100% {"}"}
            目标 growth "增长" {"{"} 要求 share 不低于 80% 截至 2025年 基期 150% 于 2020年 {"}"}
        正确：
            指标 share {"{"} 类型 占比 单位 % 取值范围 介于 0% 至 100% {"}"}
            目标 growth "增长" {"{"} 要求 share 不低于 80% 截至 2025年 基期 15% 于 2020年 {"}"}
code-l007 = `{ $rule }` 写的是{ $written }，原文是“{ $said }”，即{ $wanted }：“{ $quote }”
    .page =
        规则所引的原文包含界限本身，而规则不包含，或者相反：恰好等于界限的数据会得出不同的结论。所认的词语是 `词语 qualifier` 所列的。数字在原文和规则中都只出现一次时，`--fix` 换掉比较的词语。
        错误：
            词语 qualifier atleast {"{"} 后置 "以上" {"}"}
            文件 plan "规划" {"{"} {"}"}
            目标 growth "增长" {"{"} 要求 coverage 超过 80% 截至 2025年 出处 plan "三" "达到80%以上" {"}"}
        正确：
            词语 qualifier atleast {"{"} 后置 "以上" {"}"}
            文件 plan "规划" {"{"} {"}"}
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 出处 plan "三" "达到80%以上" {"}"}
code-l008 = `{ $rule }` 以 { $limit } 为界限，而所引原文中是 { $numbers }
    .page =
        所引原文中有与界限同单位的数字，却没有一个是规则的界限。或者数字有笔误，或者应引别的原文。
        错误：
            文件 plan "规划" {"{"} {"}"}
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 出处 plan "三" "由15%提高到85%" {"}"}
        正确：
            文件 plan "规划" {"{"} {"}"}
            目标 growth "增长" {"{"} 要求 coverage 不低于 85% 截至 2025年 出处 plan "三" "由15%提高到85%" {"}"}
code-l009 = `{ $figure }` 的计算区间“{ $window }”与{ $against }不同
    .page =
        自当年1月1日起累计的数小于自上年1月1日起累计的数，而界限是为其中之一定的。区间从口径的名称和所引原文中按 `词语 window` 认出。
        错误：
            词语 window this_year {"{"} 别名 "自当年1月1日起" {"}"}
            词语 window previous_year {"{"} 别名 "自上年1月1日起" {"}"}
            指标 exports {"{"} 单位 户 口径 now 默认 "自当年1月1日起累计" {"}"}
            文件 law "办法" {"{"} {"}"}
            目标 few "少量" {"{"} 要求 exports 低于 10户 截至 2025年 出处 law "四" "自上年1月1日起累计" {"}"}
        正确：
            词语 window this_year {"{"} 别名 "自当年1月1日起" {"}"}
            指标 exports {"{"} 单位 户 口径 now 默认 "自当年1月1日起累计" {"}"}
            文件 law "办法" {"{"} {"}"}
            目标 few "少量" {"{"} 要求 exports 低于 10户 截至 2025年 出处 law "四" "自当年1月1日起累计" {"}"}
code-l010 = 什么数据都不公布，`{ $rule }` 也通过
    .page =
        规则在没有任何数据时判定为通过：什么也不公布就满足了它。规则自身的写法由 T006 拒绝；这里多半是经由判定，其推定代替了数据。
        错误：
            规则包 p "包" {"{"} 主体 e {"}"} 主体 e "某地" {"{"} {"}"}
            指标 exempt {"{"} 类型 是否 {"}"}
            判定 permit "许可" {"{"} 结论 needed 结论 free
              推定 exempt 为 是 情形 free: free 适用条件 exempt
              其余 needed {"}"}
            目标 t1 "免予" {"{"} 要求 permit 为 free 截至 2025年 {"}"}
        正确：
            规则包 p "包" {"{"} 主体 e {"}"} 主体 e "某地" {"{"} {"}"}
            指标 exempt {"{"} 类型 是否 {"}"}
            判定 permit "许可" {"{"} 结论 needed 结论 free
              情形 free: free 适用条件 exempt
              其余 needed {"}"}
            目标 t1 "免予" {"{"} 要求 permit 为 free 截至 2025年 {"}"}
code-l011 = `{ $rule }` 写明允许缺报通过，而缺报本不会使它通过
    .page =
        这一子句供询问某数据是否公布的规则使用。没有这种询问时它什么也不说，却会掩盖以后加上的内容。`--fix` 会删去它。
        错误：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 允许缺报通过 {"}"}
        正确：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
code-l012 = 没有什么用到 `{ $name }`
    .page =
        没有规则、定义量、恒等式或评分用到它，也没有规则要推动它。或者是遗留下来的，或者漏写了规则。没有目标、判定、里程碑和评分的规则包是供别的包引用的，不作此项检查。
        错误：
            指标 left {"{"} 单位 户 {"}"}
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            指标 homes {"{"} 单位 户 {"}"}
            目标 growth "增长" {"{"} 要求 homes 不低于 80户 截至 2025年 {"}"}
code-l013 = `{ $rule }` 没有一种情形得出 `{ $outcome }`
    .page =
        声明了一种结论，却没有哪个版本会得出它。或者漏写了情形，或者结论是遗留下来的。
        错误：
            判定 d "判定" {"{"} 结论 low 结论 high 结论 odd
              情形 few: low 适用条件 coverage 低于 50%
              其余 high {"}"}
        正确：
            判定 d "判定" {"{"} 结论 low 结论 high
              情形 few: low 适用条件 coverage 低于 50%
              其余 high {"}"}
code-l014 = 声明了{ $kind } `{ $name }`，别处都没有提到
    .page =
        规则包的其他项目都没有提到的单位、进位、等级序列、量纲、日历是遗留下来的。数据若用这个单位印出，就用注释 `// 允许 L014：理由` 写明。
        错误：
            单位 箱 = household
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            单位 箱 = household
            目标 growth "增长" {"{"} 要求 users 不低于 80箱 截至 2025年 {"}"}
code-l015 = 声明了{ $kind } `{ $name }`，规则包中没有提到它
    .page =
        没有规则和用例提到这个文件、主体或分组。只作说明，因为数据可能取自这个文件，或者关于这个主体、这个分组；给出 `--figures` 时也看数据。
        错误：
            文件 plan "规划" {"{"} {"}"}
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            文件 plan "规划" {"{"} {"}"}
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 出处 plan "三" {"}"}
code-l018 = `{ $rule }` 的基期值（{ $period } 为 { $baseline }）已经达到界限
    .page =
        这个目标从第一天起就什么也不要求。多半是界限或基期值有笔误，或者比较的方向写反了；只要求保持现状的目标用注释 `// 允许 L018：理由` 写明。
        错误：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 基期 85% 于 2020年 {"}"}
        正确：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 基期 15% 于 2020年 {"}"}
code-l019 = { $rule } 自{ $last }年起每年需要 { $needed }，而{ $since }年以来每年至多 { $seen }
    .page =
        无论按已公布数据中最大的年步幅，还是按其中最高的年增速，都不能按期达到界限。需要 `--figures`，连同基期至少三个同一基准的数。只有对数据所允许的每个值都如此时才指出。
        错误：
            目标 growth "增长" {"{"} 要求 coverage 不低于 80% 截至 2025年 基期 15% 于 2020年 {"}"}
            // 2022年为16%，2024年为17%
        正确：
            目标 growth "增长" {"{"} 要求 coverage 不低于 18% 截至 2025年 基期 15% 于 2020年 {"}"}
code-l020 = `{ $rule }` 与 `{ $other }` 从同一段原文得出不同的界限
    .page =
        两个目标为同一数据、同一时间引用同一段原文，界限却不同。其一有笔误，或者引错了原文。
        错误：
            文件 plan "规划" {"{"} {"}"}
            目标 one "甲" {"{"} 要求 coverage 不低于 80% 截至 2025年 出处 plan "三" "80%" {"}"}
            目标 two "乙" {"{"} 要求 coverage 不低于 85% 截至 2025年 出处 plan "三" "80%" {"}"}
        正确：
            文件 plan "规划" {"{"} {"}"}
            目标 one "甲" {"{"} 要求 coverage 不低于 80% 截至 2025年 出处 plan "三" "80%" {"}"}
            目标 two "乙" {"{"} 要求 coverage 不低于 85% 截至 2030年 出处 plan "三" "85%" {"}"}
code-l021 = `{ $rule }` 的期限是 { $due }，那时{ $law }并不施行：{ $why }
    .page =
        规则只在其所依据的文件施行期间适用。期限早于施行或晚于废止的，到期那天不会被判定。
        错误：
            文件 law "办法" {"{"} 施行 自 2026-01-01 {"}"}
            目标 growth "增长" {"{"} 依据 law 要求 coverage 不低于 80% 截至 2025年 {"}"}
        正确：
            文件 law "办法" {"{"} 施行 自 2021-01-01 {"}"}
            目标 growth "增长" {"{"} 依据 law 要求 coverage 不低于 80% 截至 2025年 {"}"}
lint-tasks-here = 本文件中 { $count } 个目标与里程碑全都
lint-always = 总是成立
lint-never = 从不成立
lint-rule = `{ $rule }`
lint-of-body = { $entity }的 `{ $rule }`
lint-baseline-beside = 目标不只是把有基期值的那个量同数值比较
lint-pace-few = 连同基期不足三个数
lint-pace-broken = 数据分属几个基准
lint-window-beside = 旁边数据的“{ $window }”
lint-window-quoted = 所引原文的“{ $window }”
lint-before-force = 自 { $since } 起施行
lint-after-force = 施行至 { $until }
lint-nobody = 没有数据就没有可判定的主体
lint-library = 这个规则包不作判定，是供别的包引用的
lint-dimension = 量纲
lint-unit = 单位
lint-scale = 进位
lint-ladder = 等级序列
lint-breakdown = 分组
lint-calendar = 日历
lint-body = 主体
lint-document = 文件
help-l007 = 写成 `{ $sign }`，或者引用确实这样写的原文
help-l007-range = 把两端各写成一个比较，这一端用 `{ $sign }`，或者引用确实这样写的原文
help-l010 = 直接询问数据本身；若本意如此，写明`允许缺报通过`
help-l018 = 看界限、基期值和比较是否与原文一致
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
