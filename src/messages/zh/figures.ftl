# 数据里的问题：先是句子，然后每个代码有一页说明。

### 数据表

figure-empty = 文件没有任何一行
figure-no-rows = 有表头，其下没有带数据的行
figure-too-large = 数据表有 { $found } 字节，最多允许 { $limit } 字节
figure-no-header = 首行应为各列的名称，实为 `{ $found }`
figure-column = 无法识别的列 `{ $found }`，已略过
figure-duplicate-column = “{ $column }”列出现两次，首次是第 { $first } 列
figure-missing-column = 表头没有“{ $column }”列
figure-too-many-columns = 表头有 { $found } 列，最多允许 { $limit } 列
figure-field-count = 应与表头一样有 { $expected } 个单元格，实有 { $found } 个
figure-unclosed-quote = 单元格开头的引号没有闭合
figure-cell-too-long = 单元格有 { $found } 字节，最多允许 { $limit } 字节


### 行

figure-indicator = 未知的指标 `{ $found }`
figure-definition = “{ $indicator }”没有口径 `{ $found }`
figure-basis = “{ $indicator }”没有基准 `{ $found }`
figure-measure = 未知的度量 `{ $found }`
figure-entity = 未知的主体 `{ $found }`
figure-no-entity = 该行没有写明主体，规则包也没有默认主体
figure-period = 应为时期，实为 `{ $found }`
figure-decimals = 应为小数位数，实为 `{ $found }`
figure-truth = 应为表示是或否的词，实为 `{ $found }`
figure-text = 此处应为文字，实为空
help-text = 写明内容；没有填报的，删去这一行
figure-choice = 应为“{ $indicator }”所列的选项之一，实为 `{ $found }`
figure-unit = 未知的单位 `{ $found }`
figure-no-unit = “{ $indicator }”的单位应为{ $expected }，而 `{ $found }` 没有单位
figure-foreign-unit = “{ $indicator }”的单位应为{ $expected }，实为 `{ $found }`

unit-none = 无单位
unit-growth = 百分数或倍数
unit-points = 百分点
unit-ratio = 倍数或百分数

### 印刷数值

printed-no-number = 应为数字，`{ $found }` 里没有数字
printed-too-long = 单元格过长，不像数值：`{ $found }`
printed-too-many-digits = `{ $found }` 里的数字位数过多
printed-expected-number = 应为数字或其前已声明的词，实为 `{ $found }`
printed-expected-digits = `{ $found }` 的小数点后应有数字
printed-bad-grouping = `{ $found }` 里除首组外每组应为三位数字
printed-second-number = 应为单位或结尾，`{ $found }` 里还有第二个数字
printed-power-of-ten = 应写出全部数字，`{ $value }` 用了十的幂
printed-contradiction = `{ $found }` 里的词语相互排斥
printed-range-backwards = `{ $found }` 的下限应写在前面
printed-range-units = `{ $found }` 两端的单位不一致
printed-range-qualifier = `{ $found }` 是区间，不能带“超过”“不足”之类的词
printed-unknown-qualifier = 未知的限定词 `{ $found }`
printed-qualifier-disagrees = 限定词 `{ $found }` 与数值里的词语不一致
printed-unit-disagrees = 数值 `{ $value }` 的单位与其所在列或表头的单位 `{ $found }` 不一致
printed-two-scales = 数值 `{ $value }` 带有数量级，其所在列或表头的单位 `{ $found }` 也带有数量级，无法判断以哪个为准
printed-decimals-disagree = 数值的小数位数多于小数位数列所写，或者该列写得过多

### 代码

code-f001 = 编码不是 UTF-8
    .page =
        数据表按 UTF-8 或 UTF-16 读取。字节可以证明时按 GB18030 读取（GBK 和 GB 2312 都是它的一部分）：其中有数据的用词，或者全部字符都在 GB 2312 之内。此时消息会说明，属于警告。
        无法区分 GB18030 与 Big5 时不读取：猜错了就会变成别的字符，出现谁也没有印过的单位或名称。用 `--encoding` 指明即可。无法解码的字符，或者此前已经丢失的字符，只影响所在的行。
        错误：
            按 Big5 或 Windows-1252 保存的数据表
        正确：
            同一张表另存为“CSV UTF-8”
            同一张表加上 `--encoding big5`

code-f002 = 数据表没有任何一行
    .page =
        文件是空的，或者只有空白和分隔符。
        这是错误，不是空结果：否则一次失败的导出，看起来就像有关单位什么也没有公布。
        错误：
            0 字节的文件
        正确：
            指标,时期,数值
            coverage,2024,71%

code-f003 = 数据表整体无法读取
    .page =
        表头缺少必需的列，同一列出现两次，或者一列也认不出来；也可能是数据表超过了上限。
        每个数据至少要有指标、时期和数值。哪一列是什么，绝不根据单元格内容猜测。
        错误：
            coverage,2024,71%
        正确：
            指标,时期,数值
            coverage,2024,71%

code-f004 = 数据表的一行无法读取
    .page =
        这一行的单元格比表头多或少，引号没有闭合，或者单元格超过了长度上限。受影响的只有这一行。
        多出单元格，多半是因为文本里有半角逗号；这样的文本要用引号括起来。
        错误：
            指标,时期,数值,原文
            coverage,2024,71%,超过一半,仍在上升
        正确：
            指标,时期,数值,原文
            coverage,2024,71%,"超过一半,仍在上升"

code-f005 = 列的表头无法识别
    .page =
        没有声明过这样的表头，该列被略过。这是警告，其余各列照常读取。
        但不可忽视：如果写错的是`单位`或`口径`，每一行的含义都会改变。别的表头写法用`词语 column`声明。
        错误：
            指标,时期,数值,单立
            coverage,2024,71,%
        正确：
            指标,时期,数值,单位
            coverage,2024,71,%

code-f006 = 行中的指标未声明
    .page =
        没有哪个指标的标识、名称或别名是这个写法，或者有几个指标都是这个写法。
        数据绝不会归给名称最相近的指标：按户和按人计算的普及率名称相近，数值却不同。来源里印的名称可以用`别名`声明。
        错误：
            指标,时期,数值
            覆盖绿,2024,71%
        正确：
            指标,时期,数值
            覆盖率,2024,71%

code-f007 = 行中的口径未在指标中声明
    .page =
        指标没有声明这个口径。单元格留空表示默认口径，输出会注明。
        口径不同的数据不能作为回答，所以口径绝不猜测。
        错误：
            指标,口径,时期,数值
            users,yearend,2024,71%
        正确：
            指标,口径,时期,数值
            users,year_end,2024,71%

code-f008 = 行中的基准未在指标中声明
    .page =
        指标没有声明这个基准。单元格留空表示该时期的基准。
        修订前后（如普查之后）的数据，在声明衔接系数之前不能相互比较。基准用`断点`声明。
        错误：
            指标,基准,时期,数值
            sales,census6,2024,71%
        正确：
            指标,基准,时期,数值
            sales,census5,2024,71%

code-f009 = 行中的主体未声明
    .page =
        规则包没有列出这个主体，也没有可以容纳它的开放类别；或者单元格留空，而规则包没有默认主体。
        否则，写错的省名就会变成新的省，而正确的那个反而缺失。只有写明`成员 开放`的类别，才会接纳数据里出现的主体。
        错误：
            指标,主体,时期,数值
            coverage,CN-1,2024,71%
        正确：
            指标,主体,时期,数值
            coverage,CN-11,2024,71%

code-f010 = 行中的度量无法识别
    .page =
        度量说明数据对指标作了什么陈述：`level`（水平值）、`growth`（增速）、`change`（变化量）或 `rank`（位次）。单元格留空表示水平值。
        把增速当作水平值，就成了名称对、数值错的数据，所以度量绝不根据单位猜测。
        错误：
            指标,度量,时期,数值
            sales,yoy,2024,11%
        正确：
            指标,度量,时期,数值
            sales,growth,2024,11%

code-f011 = 单元格里不是时期
    .page =
        时期可以是年、半年、季度、月、日，一年中的一段（如`2024年1—9月`），或者几年。
        流量只回答它的整个时期，6 月末的存量不是当年的数据，所以时期必须确定。
        错误：
            指标,时期,数值
            coverage,24年,71%
        正确：
            指标,时期,数值
            coverage,2024年,71%

code-f012 = 单元格里的数值无法读取
    .page =
        数值不是数字加已知的词语和单位，也不是指标允许的文字；或者同一行的两个单元格相互矛盾。
        这一行仍占其位：规则会报“无法读取”，而不是“缺失”。“超过”“左右”之类的词用`词语`声明。
        错误：
            指标,时期,数值
            coverage,2024,七成出头
        正确：
            指标,时期,数值
            coverage,2024,超过70%

code-f013 = 单元格里的单位未声明
    .page =
        数字后面的文字不是已声明的单位，或者可以读作几种单位。
        单位决定数字的含义，绝不猜测。提示给出最相近的写法；确实缺少的单位用`单位`声明。
        错误：
            指标,时期,数值
            revenue,2024,12.3万亿圆
        正确：
            指标,时期,数值
            revenue,2024,12.3万亿元

code-f014 = 数据的单位不适用于所属指标
    .page =
        单位是已知的，但与指标的单位不是一类：例如该用人却用了户，该用百分点却用了百分数，或者给指数加了单位。
        这多半说明数据放错了指标，任何换算都无法使它正确。
        错误：
            指标,度量,时期,数值
            coverage,change,2024,5%
        正确：
            指标,度量,时期,数值
            coverage,change,2024,5个百分点

code-f015 = 数据没有写明指标所需的单位
    .page =
        数字没有带单位。只有指数、位次和文本可以不写单位；只写进位的，取指标的基本单位，输出会注明。
        漏写单位，是数据相差一万倍最常见的原因。
        错误：
            指标,时期,数值
            coverage,2024,71
        正确：
            指标,时期,数值,单位
            coverage,2024,71,%

code-f017 = 行中的分组未声明
    .page =
        规则包声明了分组及其代码，而单元格里写的是别的分组或代码，或者指标没有的分组，或者同一个分组写了两次。标识、任一语言的标题和别名都可以写；`area=rural; sex=f` 是两个分组。某个代码只有一个分组有时，只写代码即可。
        部分数据用了无人认得的名称，就会落在本来所属的数据之外，没有规则看得见它。不是代码的文字绝不猜测。如果数据可以带来其他代码，规则包就在分组里写`开放`。
        错误：
            indicator,breakdown,period,value
            coverage,area=countryside,2024,71%
        正确：
            indicator,breakdown,period,value
            coverage,area=rural,2024,71%

code-f020 = 表头没有写明每个数据是什么
    .page =
        表头、各列和表上方的文字，必须写明每个数据属于哪个指标、哪个时期。这里有的没有写，有的写了两次，有的有几种读法；或者某一行是表内合计，不是一个独立的数据。
        表头只有是已知的名称才算数。布局绝不猜测：认错一列，得到的数据看似正确，其实是错的。表头没有写明的，可在规则包里用“表格”写明。
        错误：
            指标,地区,数值
            coverage,甲,71%
        正确：
            指标,2023年,2024年
            coverage,70%,71%

