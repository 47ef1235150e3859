# 数据文件：读取哪些文件，压缩格式的文件有何问题。

figure-too-large-together = 数据表有 { $found } 字节，此前各表已有 { $before } 字节，合计最多允许 { $limit } 字节
figure-parquet-encrypted = 这个 Parquet 文件已加密
help-parquet-encrypted = 请不加密重新写出
figure-parquet-malformed = 不是完好的 Parquet 文件：{ $why }
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
