# 用规则语言写的用例、其中的情形表，以及用例触及了什么。

test-title = { $label }
test-title-named = { $label }：{ $name }
test-title-row = { $label }，第 { $row } 行

code-p014 = `{ $found }` 与所在列不符，该列应写{ $expected }
    .page =
        用例的情形表里，每格写什么由列头决定：照来源原样写的数据、日期、主体，或者应得的结果。“预期 名称”之下写结论，“预期 名称 结论”之下写判定的一个或几个结论，“预期 名称 =”之下写数值。
        错误：
            用例 "一个比例" {"{"} 情形表 {"{"}
              | coverage | 预期 t |
              | 60% | 60% | {"}"} {"}"}
        正确：
            用例 "一个比例" {"{"} 情形表 {"{"}
              | coverage | 预期 t |
              | 60% | 未通过 | {"}"} {"}"}
cell-text = 引号内的文字
cell-entity = 主体的标识
cell-date = 年、月或日
cell-figure = 带单位的数、是、否，或引号内的文字
cell-verdict = 结论，需要时在括号内写原因；或者有无发现
cell-outcomes = 一个或几个结论，以逗号分隔
cell-outlook = 前景
cell-value = 带单位的数，或引号内的文字
help-case-cells = 没有内容的格写 `-`
help-cell = 这一格没有内容时写 `-`
help-cell-outcome = 写判定的某个结论的标识；与关键词相同的，放在反引号之间
