# 编码、文本形式、JSON 与 SDMX-CSV：语句。

figure-read-as = 按 { $encoding } 读取，其字节可以证明；如不是，用 `--encoding` 指明
figure-encoding-open = 文件可能是 GB18030，也可能是 Big5，内容不足以区分；第 { $byte } 字节起不是 UTF-8
figure-undecodable = 文件第 { $byte } 字节在 { $encoding } 里不代表任何字符
figure-undecodable-somewhere = 有字节在 { $encoding } 里不代表任何字符
figure-lost-character = 单元格里有 U+FFFD 符号，它代表此前已经丢失的字符
figure-zero-character = 单元格里有控制字符 U+0000，文本不会有它

help-encoding = 请用 `--encoding gbk` 或 `--encoding big5` 指明，或者把数据表保存为 UTF-8 编码，电子表格软件里叫“CSV UTF-8”
help-grouping = 逗号用来分隔每三位数字，如 1,234；小数之前用点号，如 1.5
help-undecodable = 请把数据表保存为 UTF-8 编码，或者用 `--encoding` 指明它的编码
help-lost-character = 请从来源重新取这个单元格：从这份文件看不出原来是什么

cli-arg-encoding = 没有字节顺序标记的数据表用什么编码；缺省为其字节可以证明的编码
replay-no-encoding = 当前版本不能读取编码 `{ $encoding }`
