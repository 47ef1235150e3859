# 填报表：表头、填报说明，以及收回时的提示。

form-sheet = 填报
form-guide = 填报说明
form-lists = 选项
form-for-period = { $period } 数据填报

form-indicator = 指标
form-name = 名称（供参考）
form-entity = 主体
form-entity-kind = 主体类型
form-part-of = 上级主体
form-definition = 口径
form-breakdown = 分组
form-measure = 度量
form-period = 时期
form-value = 数值
form-unit = 计量单位
form-qualifier = 限定词
form-status = 状态
form-source = 来源
form-published = 发布日期
form-note = 备注
form-kind = 类型（供参考）
form-last-figure = 上次数值（供参考）
form-last-period = 上次时期（供参考）
form-last-source = 上次来源（供参考）
form-mark = 填报表标识

form-indicator-guide = 指标的标识。批注里是用到该指标的规则原文。
form-name-guide = 指标名称。
form-entity-guide = 数据所属的主体。单元格为黄色时，请填写名称。
form-entity-kind-guide = 主体属于哪一类。
form-part-of-guide = 主体隶属于谁。
form-definition-guide = 指标的口径。其他口径的数据不要填在这里。
form-breakdown-guide = 数据所属的分组；空白为总计。
form-measure-guide = 空白为指标本身的数值；否则为增速、变化量或位次。
form-period-guide = 数据所属的时期。规则需要而尚未报过的往期数据也会列出。
form-value-guide = 按公布的写法填，位数不要省略：12.0 与 12 不同。数字旁可以带字，如“超过4000万”。
form-unit-guide = 数值的计量单位。公布时用的是别的单位，就选那个单位，不要换算。
form-qualifier-guide = 数字旁的字，如超过、约、不低于；已写在数值里就不必再填。空白表示就是该数。
form-status-guide = 数据的性质：初步数、修订数、最终数、估计数等。多个之间用分号隔开。
form-source-guide = 公布该数据的文件，写规则中的标识或标题。
form-published-guide = 发布日期，如 2026-02-28、2026-02 或 2026。
form-note-guide = 其他需要审核人知道的情况。
form-kind-guide = 存量是某一时点的数，流量是整个时期的数。
form-last-figure-guide = 此前已知的最近一次数值，按原来的写法。
form-last-period-guide = 该数值的时期。
form-last-source-guide = 公布该数值的文件。
form-mark-guide = 填报表对应的规则，请勿改动。

form-about = 关于本表
form-pack = 规则
form-of-period = 时期
form-digest = 规则摘要值
form-how = 怎样填
form-columns = 各列
form-advice-yellow = 只填黄色单元格。其余单元格受保护，没有密码。
form-advice-blank = 没有数据的，数值留空。可以用状态或备注说明原因。
form-advice-words = 数字和文字可以键入，也可以粘贴。下拉列表给出常用的词；规则认识的其他词也能读。
form-advice-comments = 指标右上角的小三角里，是用到它的规则原文。
form-advice-columns = 请保留表头和隐藏的最后一列，这样收回后不用任何设置就能读。
form-advice-back = 存为 XLSX 后寄回，可以直接读入：plumbrule check { $pack } --figures 文件

form-yes = 是
form-no = 否
form-over = 超过
form-at-least = 不低于
form-below = 低于
form-at-most = 不超过
form-nearly = 近
form-about-word = 约
form-plus = 余

form-kind-stock = 存量
form-kind-flow = 流量
form-kind-share = 占比
form-kind-growth = 增速
form-kind-change = 变化量
form-kind-index = 指数
form-kind-rank = 位次
form-kind-quantity = 数量
form-kind-yes-no = 是或否
form-kind-text = 文字
form-kind-one-of = 若干项之一

form-name-of = { $name }（{ $parts }）
form-requires-by = { $what }，到 { $due }
form-cites = { $at }：“{ $quote }”
form-more-rules = 另有 { $count } 条规则
form-not-offered = 这不是常用的词。规则认识的就能读。
form-not-a-choice = 请从列表中选一项。

figure-form-version = 填报表是按 `{ $found }` 的另一版规则做的
figure-form-pack = 填报表是按 `{ $found }` 的规则做的，不是 `{ $pack }`
help-form = 与新做的填报表核对所填项目：plumbrule template

template-no-period = 没有指明时期，也没有可以据以推出下一时期的数据
help-template-period = 指明时期：--period 2025
template-ending = 填报表要写成 `{ $file }`，扩展名既不是 .xlsx 也不是 .csv
help-template-ending = 文件名用 form.xlsx 或 form.csv
template-nothing = `{ $pack }` 没有规则需要 { $period } 的数据
template-nothing-of-entities = `{ $pack }` 没有规则需要 { $entities } 在 { $period } 的数据
help-template-nothing = 列出全部指标：--all
template-too-many = 填报表会有 { $count } 行，最多 { $limit } 行
template-open = 还不知道由谁以“{ $class }”填报：只写出一组未署名的行，由填报者写明；用 `--entity 名称,名称` 可各写一组
help-template-too-many = 分主体做填报表：--entity 名称
template-written = 共 { $count } 项待填，{ $file }

cli-template = 为规则包生成填报表，供报送单位填写
cli-arg-template-period = 填报表的时期，如 2025；缺省为已有数据最近一年的下一年
cli-arg-template-entity = 只列这些主体；主体可随数据而来的，也可以写新名称
cli-arg-template-figures = 已知的数据：显示最近一次数值，规则需要的往期数据已有的不再列出
cli-arg-template-all = 列出规则包声明的全部指标，而不只是规则用到的
cli-arg-template-out = 工作簿（.xlsx）或文本表（.csv）；缺省为写到标准输出的文本表
cli-examples-template =
    plumbrule template rules/nip-2021 --figures fixtures/published --period 2025 --out form.xlsx
    plumbrule template rules/nip-2021 --lang zh --period 2025 --out form.csv
