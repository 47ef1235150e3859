# 数据表的样子：表头和各列的问题。

figure-several-readings = 表头 `{ $found }` 有几种读法：{ $readings }
figure-shared-name = 表头 `{ $found }` 是几个指标共有的名称
figure-said-twice = 表头与第 { $other } 列都写明了“{ $column }”；表头写的是 `{ $text }`
figure-same-header = 表头与第 { $first } 列的意思相同
figure-for-which = “{ $column }”列旁边有几列数据，不知属于哪一列
figure-nothing-gives = 表里没有写明数据的“{ $column }”
figure-title-several = 表上方写明的“{ $column }”不止一个：{ $found }
figure-nameless-key = `{ $found }` 一列写的是数据的“{ $column }”，而表头没有写明
figure-column-lacks = 数据列 `{ $found }` 已略过：没有写明它的“{ $column }”
figure-rows-alike = 只有不认识的列 `{ $found }` 能区分各行：{ $texts }
figure-row-alike = 只有不认识的列 `{ $found }` 能把此行与第 { $line } 行区分开
figure-row-alike-blank = 只有一个没有表头的列能把此行与第 { $line } 行区分开，而其中的名称都不认识
figure-rows-alike-blank = 只有一个没有表头的列能区分各行，而其中的名称都不认识：{ $texts }
figure-total = `{ $found }` 一行是表内合计，已略过
figure-blank-entity = 该行没有写明主体，而上面的行写明了
figure-blank-part = 该行没有写 `{ $dimension }` 的哪一部分，而上面的行写了

figure-several-mappings = 有几个“表格”都适用于此表：{ $names }
figure-mapping-column = “表格” `{ $table }` 指明的表头 `{ $found }` 在表里没有
figure-mapping-header = “表格” `{ $table }` 写明表头在第 { $row } 行，表里没有这一行
figure-mapping-twice = “表格” `{ $table }` 与第 { $other } 列都写明了“{ $column }”

reading-column = “{ $column }”列
reading-name = { $column } `{ $text }`

help-nameless-key = 在该列上方写明列名；或在规则包的“表格”里写明该列是什么，或者写明忽略该列
help-say-in-mapping = 可在规则包里用“表格”写明该列是什么；见手册“数据表的各种样子”
help-for-which = 请把两列放在同一个合并表头之下，或把词写进数值单元格，或在“表格”里写明
help-nothing-gives = 请写在列里、表头里、表上方的一行（如 `{ $example }`）或工作表名里；也可在规则包里用“表格”写明
help-total = 如果该行是某个主体或指标，请写它的名称
help-blank-part = 每一行都写明是哪一部分；总体的数据写“合计”
help-blank-entity = 请在每一行写明主体；合并过的单元格，文件里只留第一个
help-several-mappings = 请让它们的“文件名”和“工作表”指明不同的表
help-headers-are = 该表的表头有：{ $names }
help-mapping-twice = 用“忽略”略过该列，或从“全表”里删去
help-table-of-what = “表格”要写明“文件名”或“工作表”：适用于哪些表
help-table-once = 写了两次；每一列、“表头”、“数据行”各写一次
help-table-rows = 行和列从 1 数起，如 `表头 3..4`、`数据行 5`、`列 C`、`列 3`
syntax-column = 某一列：引号里的表头、列标字母或列号
syntax-role = 该列里是什么，如 `主体`、`评价期`
help-unit-disagrees = 单位只写一处，或两处写成一样
help-two-scales = 数量级只写一处：或在单元格里，或在列或表头里
example-line-period = 时期：2024
example-line-indicator = 指标：5G用户数（户）
example-line-entity = 地区：北京
example-line-other = 单位：户
