# 编码、文本形式、JSON 与 SDMX-CSV：语句。

figure-read-as = 按 { $encoding } 读取，其字节可以证明；如不是，用 `--encoding` 指明
figure-encoding-open = 文件可能是 GB18030，也可能是 Big5，内容不足以区分；第 { $byte } 字节起不是 UTF-8
figure-undecodable = 文件第 { $byte } 字节在 { $encoding } 里不代表任何字符
figure-undecodable-somewhere = 有字节在 { $encoding } 里不代表任何字符
figure-lost-character = 单元格里有 U+FFFD 符号，它代表此前已经丢失的字符
figure-zero-character = 单元格里有控制字符 U+0000，文本不会有它

help-encoding = 请用 `--encoding gbk` 或 `--encoding big5` 指明，或者把数据表保存为 UTF-8 编码，电子表格软件里叫“CSV UTF-8”
help-power-of-ten = `1e-5` 应写作 0.00001；JSON 里的数字可带 -60 到 60 的十的幂
help-grouping = 逗号用来分隔每三位数字，如 1,234；小数之前用点号，如 1.5
help-undecodable = 请把数据表保存为 UTF-8 编码，或者用 `--encoding` 指明它的编码
help-lost-character = 请从来源重新取这个单元格：从这份文件看不出原来是什么

cli-arg-encoding = 没有字节顺序标记的数据表用什么编码；缺省为其字节可以证明的编码
replay-no-encoding = 当前版本不能读取编码 `{ $encoding }`

column-scale = 单位乘数

figure-status = 未知的状态 `{ $found }`，已略过
figure-scale = 应为 -30 到 30 之间的十的幂次，实为 `{ $found }`
figure-action = 该行要求的操作是 `{ $found }`，不予执行
help-action = 请去掉删除数据的行，以及它们要删除的行

json-syntax = 从这里起不是 JSON：`{ $found }`
json-ends = JSON 未完就结束了
json-not-object = 应为含有数据字段的对象，实为 `{ $found }`
json-two-nested = 字段 `{ $field }` 是第二个含有列表或对象的字段，只能有一个
json-nested = 字段 `{ $field }` 应为文本或数字，实为列表或对象
json-twice = 字段 `{ $field }` 在同一个对象里出现两次
help-json = 一条数据是一个对象，如 {"{"}"指标": "占比", "时期": "2024", "数值": "71%"{"}"}；多条放在一个列表里

source-status = 标为{ $statuses }
explain-absence = 来源注明没有数据（{ $place }）
explain-absence-why = 来源注明没有数据：{ $statuses }（{ $place }）

status-normal = 正常
status-break = 序列断点
status-definition-differs = 口径与其他不同
status-estimated = 估计数
status-forecast = 预测数
status-experimental = 试算数
status-holiday = 节假日无数
status-imputed = 插补数
status-derogation = 豁免报送
status-in-other = 并入其他类别
status-not-collected = 存在但未收集
status-cannot-exist = 不存在
status-not-significant = 不显著
status-missing = 缺失
status-provisional = 初步数
status-suppressed = 不予公布
status-special-events = 受特殊事件影响
status-low-reliability = 可靠性低
status-unvalidated = 未经审核
status-includes-other = 含其他类别
status-final = 最终数
status-revised = 修订数
status-confidential = 保密

code-f016 = 未知的状态
    .page =
        状态列里有一个词，不是任何状态。数据照常读取，这个词略过。
        发布者用状态说明数值本身没有说的事：是初步数、估计数还是保密，或者为什么没有数。状态采用 SDMX 的代码表，另加最终、修订和保密。规则包可以增加自己的用词。
        错误：
            指标,时期,数值,状态
            占比,2024,71%,差不多
        正确：
            指标,时期,数值,状态
            占比,2024,71%,初步数
