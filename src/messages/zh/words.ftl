# 结论、数据和消息里的词，与语言的关键字一致。

### 结论

verdict-fail = 未通过
verdict-undetermined = 无法判定
verdict-pending = 未到期
verdict-waived = 豁免
verdict-pass = 通过
verdict-decided = 已判定
verdict-not-applicable = 不适用

### 无法判定的原因

cause-missing = 缺失
cause-imprecise = 不精确
cause-conflict = 数据冲突
cause-definition-break = 口径不符
cause-undefined = 无定义
cause-wrong-window = 时段不符
cause-unreadable = 无法读取

### 未到期目标的前景

outlook-met-early = 提前达到
outlook-on-track = 进度正常
outlook-off-track = 进度滞后
outlook-undetermined = 无法判定

### 数据对指标的陈述

measure-level = 水平值
measure-growth = 增速
measure-change = 变化量
measure-rank = 位次

### 量的含义

role-amount = 纯数
role-bare = 不带单位的数
role-blank = 指数或位次
role-dimension = 以 { $units } 计的量
role-growth = 增速
role-multiple = 倍数
role-percent = 百分数
role-points = 百分点
role-ratio = 比值
role-scaled = 只带进位、不带单位的数
role-share = 占比

### 问题的轻重

severity-error = 错误
severity-warning = 警告
severity-note = 说明
severity-help = 提示

### 数据表的列

column-indicator = 指标
column-definition = 口径
column-measure = 度量
column-entity = 主体
column-entity-kind = 主体类别
column-part-of = 上级
column-record = 记录
column-breakdown = 分组
column-basis = 基准
column-period = 时期
column-value = 数值
column-qualifier = 限定词
column-unit = 单位
column-decimals = 小数位数
column-source = 来源
column-section = 章节
column-line = 行号
column-published = 发布时间
column-status = 状态
column-quote = 原文
column-note = 备注
column-note-en = 英文备注
column-form = 填报表标识
column-ignored = 仅供参考
