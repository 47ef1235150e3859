# 内存中按列存放的批。
arrow-unknown-rule = 规则包中没有可逐行判定的规则 `{ $rule }`
arrow-schemas = 第 { $batch } 批的列与第一批不同
arrow-layout = 该批各行未逐行说明所属主体和时期；请为两者各给出一列，或作为一份填报整体判定
arrow-column = 列 `{ $column }` 说明的不止是数字属于谁、何时、多少；请去掉该列，或作为一份填报整体判定
arrow-records = 太多的行没有说明属于谁的清单；请作为一份填报整体判定
arrow-lost = 有的行无法读取，可能属于任何主体的清单；请作为一份填报整体判定
arrow-classes = 新主体可能属于多个类别，单独一行不能说明属于哪一类；请作为一份填报整体判定
arrow-rules = 以下规则要同时看众多主体的全部数据：{ $rules }（共 { $count } 条）；请只要求其余规则，或作为一份填报整体判定
arrow-type = 列 `{ $column }` 的类型为 { $type }，表格的单元格无法显示；应为数字、定点小数、文本、是否、日期、时刻，或其字典
arrow-not-text = 列 `{ $column }` 含有不是 UTF-8 文本的字节，或日历上没有的日期
arrow-row = 第 { $row } 行：{ $why }
arrow-too-long = 各主体名称合计超过 2 GiB；请拆分该批
arrow-library = { $why }
