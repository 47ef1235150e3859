explain-list-count = 清单中有 { $count } 条
explain-list-all = 清单中有 { $count } 条，都有数据
explain-list-some = 清单中有 { $count } 条，{ $known } 条有数据，{ $missing } 条没有
explain-list-conditions = 清单中有 { $count } 条：{ $met } 条满足，{ $unmet } 条不满足，{ $open } 条尚不能定
explain-every-listed = { $members }，{ $what }：清单中 { $count } 条，{ $met } 条满足，{ $unmet } 条不满足，{ $open } 条尚不能定
explain-many-count = 共 { $count } 个成员
explain-list-open = 清单是开放的：没有什么说明这就是全部
explain-list-full = 清单是齐全的：填报要求列出全部
explain-list-complete = 清单是齐全的：依据是{ $figure }
explain-list-unsaid = 清单是开放的：{ $figure }没有说明这就是全部（{ $causes }）
explain-list-doubt = 清单是开放的：有的行所列的记录不知是否在清单中（{ $causes }）
explain-members-doubt = 成员不知是否齐全：无法读取的行可能属于别的成员（{ $causes }）
explain-list-counted = { $figure }为 { $set }：另有 { $least } 条未列出
explain-list-counted-up-to = { $figure }为 { $set }：另有 { $least } 至 { $most } 条未列出
explain-list-counted-from = { $figure }为 { $set }：另有至少 { $least } 条未列出
explain-list-conflict = 清单是开放的：{ $figure }为 { $set }，却列出了 { $count } 条
explain-list-counts = 计入的有：{ $names }
explain-list-counts-more = 计入的有：{ $names }，另有 { $more } 条
explain-list-passed = 不计入的有：{ $names }
explain-list-passed-more = 不计入的有：{ $names }，另有 { $more } 条
explain-list-maybe = 不知是否计入（{ $causes }）：{ $names }
explain-list-maybe-more = 不知是否计入（{ $causes }）：{ $names }，另有 { $more } 条
explain-record = { $name }（{ $place }）
explain-record-sheet = { $file }，工作表 { $sheet }，第 { $line } 行
aggregate-where = { $what }，只计满足{ $condition }的

help-where-sum = “其中”只能限定不带前几、后几的总和；要计数，请写“个数 … 其中 …”
help-record-blank = 请在此格写上记录的名称；没有名称列的表，才是一行算一条记录
help-records-alike = 若有一行是重复抄录的，请删去；若确是两条记录，请加一列 `记录` 写明各自的名称
help-record-name = 请用 `record` 或 `{ $class }` 作一列的表头，或者像 `{ $example }` 那样写出主体和记录
help-list-periods = 请把各时期分开写，如“总和 x@2023 于各 所辖 … + 总和 x@2024 于各 所辖 …”
help-list-scope = 请对有清单的主体逐个判定：“逐个 { $owners }”；或者去掉{ $its }，取所有主体的记录
help-record-figure = 请把各条记录合起来，例如“总和 { $name } 于各 所辖 { $class }”，或者“逐个 { $class }”判定
help-owner-figure = 一条记录只知道自己的数据；请把清单合起来的结果与主体的数据相比
help-record-twice = 在自己的清单里，只写记录自己的名称即可
figure-records-alike = 这一行是没有名称的记录，内容与第 { $line } 行完全相同；两行都计入
figure-record-name = 没有写明是哪一条 `{ $class }`
figure-record-owner = `{ $entity }` 没有 `{ $class }` 清单：它不属于类 `{ $owners }`
figure-record-twice = 记录 `{ $found }` 在{ $known }的清单里，不在{ $entity }的清单里

records-wrong-owners = 记录只隶属于一类主体
records-wrong-itself = 这个类会成为自己的清单
records-wrong-nested = 清单属于主体，不属于另一份清单里的记录
records-wrong-listed = 记录随数据而来，因此要写“成员 开放”或“成员 齐全”
records-wrong-class = 记录类不属于别的类
records-wrong-no-owner = 写“齐全依据”之前，要用“隶属”写明是谁的清单
records-wrong-known = “齐全依据”只能与“成员 开放”一起写
records-wrong-figure = 说明清单是否齐全的，是一个个数，或者一个是否
records-wrong-whose = 说明清单是否齐全的，是有这份清单的主体自己的数据
code-r062 = 记录清单写错了：{ $why }
    .page =
        一个类的成员“隶属”于一类主体，它就是其中每个主体填报的清单。“齐全依据”写明主体自己的哪个数据说明记录共有几条，或者是否报全。
        错误：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 齐全依据 coverage {"}"}
        正确：
            指标 all_there "销售已全部列出" {"{"} 类型 是否 {"}"}
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 隶属 shop 齐全依据 all_there {"}"}
code-r063 = `{ $name }` 是 `{ $class }` 的数据，规则却向{ $asked }要它
    .page =
        清单里的数据要向每条记录要。主体自己没有这样的数据，记录也没有主体的数据。
        错误：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 隶属 shop {"}"}
            指标 goods "件数" {"{"} 主体 sale 单位 m {"}"}
            目标 t "目标" {"{"} 逐个 shop 要求 goods >= 5m 截至 2025 {"}"}
        正确：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 隶属 shop {"}"}
            指标 goods "件数" {"{"} 主体 sale 单位 m {"}"}
            目标 t "目标" {"{"} 逐个 shop 要求 总和 goods 于各 所辖 sale >= 5m 截至 2025 {"}"}
asked-body = 规则包的主体
asked-class = 各 `{ $class }`
code-r064 = 这里不能写条件
    .page =
        “于各”之后的条件说明总和加哪些记录。均值、最高值、分位数没有条件：是否计入与取值多少都不知道时，会混在一起。
        错误：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            核对 z "核对" {"{"} 要求 均值 coverage 于各 shop 其中 (coverage >= 2%) >= 5% {"}"}
        正确：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            核对 z "核对" {"{"} 要求 个数 shop 其中 coverage >= 2% >= 5 {"}"}
code-r065 = 这里没有谁有 `{ $class }` 清单
    .page =
        “所辖”取被评价主体的记录。没有“逐个”时，被评价的是规则包的主体，它没有这样的清单。
        错误：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 隶属 shop {"}"}
            指标 goods "件数" {"{"} 主体 sale 单位 m {"}"}
            目标 t "目标" {"{"} 要求 总和 goods 于各 所辖 sale >= 5m 截至 2025 {"}"}
        正确：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 隶属 shop {"}"}
            指标 goods "件数" {"{"} 主体 sale 单位 m {"}"}
            目标 t "目标" {"{"} 逐个 shop 要求 总和 goods 于各 所辖 sale >= 5m 截至 2025 {"}"}
code-r066 = 指的是哪个时期的 `{ $class }` 清单？
    .page =
        记录属于某一时期的清单：所用数据属于哪个时期，就是哪个时期的清单；与其他时期的数据一起用到被评价时期的数据时，是被评价时期的清单。只用到另外几个时期的数据，就说不清是谁的清单。
        错误：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 隶属 shop {"}"}
            指标 goods "件数" {"{"} 主体 sale 单位 m {"}"}
            目标 t "目标" {"{"} 逐个 shop 要求 总和 (goods@2023 + goods@2024) 于各 所辖 sale >= 5m 截至 2025 {"}"}
        正确：
            主体 shop "商店" {"{"} 成员 开放 {"}"}
            主体 sale "销售" {"{"} 成员 开放 隶属 shop {"}"}
            指标 goods "件数" {"{"} 主体 sale 单位 m {"}"}
            目标 t "目标" {"{"} 逐个 shop 要求 总和 goods@2023 于各 所辖 sale + 总和 goods@2024 于各 所辖 sale >= 5m 截至 2025 {"}"}
code-f022 = 记录没有名称
    .page =
        一条记录的各项数据凭它在清单里的名称归在一起。一行一个数据的表，要有一列写记录的名称；一行一条记录而没有这一列的表，行本身就够了，内容相同的行会提示。有这一列的，其中不得有空格。
        错误：
            商店,指标,时期,数值
            街角店,goods,2025,5
        正确：
            商店,销售,指标,时期,数值
            街角店,s1,goods,2025,5
code-f023 = 记录的主体没有这样的清单
    .page =
        清单属于某一类主体。别的主体没有清单，它的记录就哪里也不计入。
        错误：
            主体,记录,件数
            中国,s1,5
        正确：
            主体,记录,件数
            街角店,s1,5
code-f024 = 一条记录在两份清单里
    .page =
        一条记录只在一个主体的清单里。名称只需在一份清单内不重复，两份清单都可以有 `s1`；记录的全名写明它是谁的。
        错误：
            商店,销售,件数
            街角店,街角店/s1,5
            市场,街角店/s1,7
        正确：
            商店,销售,件数
            街角店,s1,5
            市场,s1,7
list-members-full = 数据表里的也算，此外没有
list-records-open = { $owner }的记录；清单开放
list-records-full = { $owner }的记录；全部列出
list-records-complete = { $owner }的记录；是否齐全依据{ $figure }
