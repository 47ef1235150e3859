# 按列读取的多行表格。
source-new-field = 字段 `{ $field }` 未出现在开头一兆字节的任何对象中，而列名由这些对象确定
source-workbook = 工作簿不是多行表格；请用 `figures` 逐个读取其工作表，或另存为 CSV 或 Parquet
source-above = 表头之上有文字，可能说明所有行：请删去，或不用 --columns 核对
source-other-header = 其列为 { $found }，而 `{ $first }` 的列为 { $expected }
source-other-parts = 其文件夹给出 { $found }，而 `{ $first }` 的给出 { $expected }
source-no-file = 没有文件含有表格
