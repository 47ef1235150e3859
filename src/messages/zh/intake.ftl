# 数据文件：读取哪些文件，压缩格式的文件有何问题。

figure-too-large-together = 数据表有 { $found } 字节，此前各表已有 { $before } 字节，合计最多允许 { $limit } 字节
figure-parquet-encrypted = 这个 Parquet 文件已加密
help-parquet-encrypted = 请不加密重新写出
figure-parquet-malformed = 不是完好的 Parquet 文件：{ $why }
parquet-too-long = 其说明部分比文件还长
parquet-undecoded = 其说明部分无法解码
parquet-column-undecoded = 有一列的字节无法解码
parquet-column-short = 有一列的值少于文件的行数
help-parquet-malformed = 文件复制或下载完整吗？请用原来的程序重新写出
figure-parquet-rows = 这个 Parquet 文件声明有 { $found } 行，最多允许 { $limit } 行
figure-parquet-unpacks = 这个 Parquet 文件解压后超过 { $limit } 字节
figure-parquet-nested = 列“{ $column }”含列表或结构，已略去
help-parquet-nested = 请把其中各部分写成单独的列
figure-parquet-type = 列“{ $column }”的类型是 { $type }，单元格无法表示，已略去
help-parquet-type = 请写成文本、数值或日期
figure-parquet-text = 单元格的字节不是 UTF-8 文本
help-parquet-text = 请把这一列写成文本、数值或日期

cli-no-match = 没有数据表符合“{ $pattern }”
cli-pattern = “{ $pattern }”不是正确的通配模式：第 { $at } 个字符有误
cli-too-many-files = “{ $path }”之下的文件和文件夹超过 { $most } 个
cli-stdin-terminal = 标准输入是终端，其中没有数据表
cli-stdin-name = “--stdin-name”为标准输入命名，而这里没有读取标准输入
cli-stdin-watch = 标准输入只能读一次，不能监视
help-stdin = 请写 `--figures -` 并送入数据表：`… --figures - < table.csv`
cli-arg-stdin-name = 标准输入中数据表的名称，其扩展名表明格式

replay-stdin = 数据来自标准输入，没有文件保存；请再次送入：plumbrule replay { $file } < 数据表

## figures

cli-figures = 显示对数据表的理解，并写成一张规整的表
cli-arg-figures-tables = 数据表、文件夹和通配模式；`-` 是标准输入；默认 ./fixtures/published
cli-arg-figures-figures = 同上，写法与其他命令一致
cli-arg-figures-rules = 以其名称为准的规则包；默认为当前文件夹的，或 ./rules 下唯一的一个
cli-arg-figures-indicator = 只看这些指标的数据，写标识或名称
cli-arg-figures-entity = 只看这些主体的数据，写标识或名称
cli-arg-figures-only-period = 只看这些时期的数据
cli-arg-figures-only-source = 只看这些来源的数据，写标识
cli-arg-figures-problems = 只列文件和问题，不列数据
cli-arg-figures-table-format = 供人阅读，或写成规整的表；默认按 --out 的扩展名，否则为 human
cli-value-table = 数据表
cli-examples-figures =
    plumbrule figures fixtures/published --rules rules/nip-2021 --problems
    plumbrule figures fixtures/published --rules rules/nip-2021 --indicator penetration_5g
    plumbrule figures 'fixtures/published/dcr-*/*.tsv' --rules rules/nip-2021 --out clean.csv
cli-exit-figures =
    0  全部读懂
    2  有未读懂之处，或出错

figures-no-pack = 这里没有规则包，无从查找数据表中的名称，而所要求的必须有它
figures-no-indicator = 没有名为“{ $found }”的指标
figures-no-entity = 没有名为“{ $found }”的主体
figures-no-source = 没有来自“{ $found }”的数据
figures-left-out = { $format } 无法完整表示而略去的数据：{ $count } 个；第一个是 { $place } 的“{ $printed }”
figures-count = 列出数据 { $count } 个，共 { $all } 个
figures-problems = 问题 { $count } 处
figures-no-problem = 全部读懂
figures-file = 文件
figures-sheet = 工作表
figures-figures = 数据
figures-unread = 无法读取
figures-n-problems = 问题
figures-figure = 指标
figures-entity = 主体
figures-period = 时期
figures-printed = 原文
figures-exact = 按精确值
figures-rounded = 按印出值
figures-source = 来源
figures-place = 位置
figures-times = 次数
figures-problem = 问题
figures-first-place = 首次出现
figures-help = 办法
figures-layout = 版式
figures-header = 表头行
figures-columns-left-out = 略去的列
figures-absent = 注明缺失
figures-long = 长表
figures-wide = 宽表
figures-no-layout = 未能识别
figures-format = 形式
figures-format-text = 以“{ $sign }”分隔的文本
figures-format-tabs = 以制表符分隔的文本
figures-format-workbook = 工作簿
figures-column = 列
figures-head = 表头
figures-meaning = 理解为
figures-of = 数据：{ $what }
figures-parts-of = 按 `{ $dimension }` 分组
figures-column-ignored = 略去：与数据无关
figures-column-unknown = 不认识，略去
figures-all-line = 全表，第 { $line } 行：{ $what }
figures-all-sheet = 全表，工作表名：{ $what }
figures-all-mapping = 全表，“表格”一项：{ $what }
figures-rows = 行数
figures-numbers = 印出的数字
figures-beside = 旁边的文字
figures-raw-numbers = 数字
figures-raw-texts = 文字，含义由规则包确定
figures-raw-of = 数字，名称 `{ $names }` 由规则包确定
figures-raw-of-what = 数字，名称 `{ $names }` 由规则包确定；{ $what }
figures-raw = 这里没有规则包，因此不知道这些名称指哪些指标和主体。数字按所印的单位读取。用 --rules 指定规则包；plumbrule init 可以新写一个。
figures-raw-packs = 没有指定规则包，因此不知道这些名称指哪些指标和主体。数字按所印的单位读取。这里的规则包：{ $packs }
