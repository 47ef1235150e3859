# 日期、日历、义务。

day-text = { $year }年{ $month }月{ $day }日
role-date = 日期
form-kind-date = 日期

function-days = 间隔天数
    .doc = 从一日到另一日的天数；后者较早时为负
function-working-days = 间隔工作日
    .doc = 一日之后至另一日（含该日）的工作日数，按本包的日历计算

figure-day = 此处应为日期，实为 `{ $found }`
help-day = 写作 `2025-06-27` 或 `2025年6月27日`；只写年或月，视为其中任何一天

code-r048 = 日历有误：{ $why }
    .page =
        日历写明哪些日子上班：一周中的工作日、已知安排的年份、放假的日子、调休上班的日子。
        工作日按包头所写的日历计算。各地放假不同，不作默认。随程序提供的日历见 `rules/std`。
        错误：
            indicator signed "签订日" {"{"} kind date {"}"}
            define due = signed + 10工作日
        正确：
            pack p {"{"} calendar mainland-china {"}"}
            indicator signed "签订日" {"{"} kind date {"}"}
            define due = signed + 10工作日
calendar-none = 计算工作日要有日历，而包头没有写明
calendar-unknown = 没有声明日历 `{ $name }`
calendar-weekday = 星期用 1（周一）至 7（周日）的数表示
calendar-year = 日历按整年涵盖
calendar-day = 日期写作 `2025-10-01`
calendar-long = 一次放假最长一年
calendar-both = { $day } 既放假又上班
help-calendar = 在包头写 `calendar mainland-china`（`日历 mainland-china`），或自己声明的日历

code-r049 = 义务有误：{ $why }
    .page =
        义务的期限可以是某一时期、算出的某一日、每隔一段时间一次，或由文件留空的间隔。
        要求的内容若是日期（如备案日），则该日在期限内即为满足，所以要有期限。`every`（`每`）后写年、月、周或天；不能整除一年的，要用 `since`（`自`）写明第一段从哪一日起算。
        错误：
            indicator audited "审计日" {"{"} kind date {"}"}
            target t "T" {"{"} require audited every 2 years {"}"}
        正确：
            indicator audited "审计日" {"{"} kind date {"}"}
            target t "T" {"{"} require audited every 2 years since 2025-05-01 {"}"}
duty-stretch = `every`（`每`）后应为整数的年、月、周或天
duty-since = 这样的时间段不与年份对齐，请写明从哪一日起算
duty-of-check = 核对只涉及同一时期的数据，没有期限
duty-must-not-day = 不得做的事应写成条件，不是日期
duty-day-without-deadline = 日期要对照期限，如 `by signed + 10工作日`，或 `every 2 years since 2025-05-01`

code-r050 = 日期有误：{ $why }
    .page =
        日期是时间上的一点。日期与日期相比，可以加减一段时间：天、工作日、月、年。
        数、百分数或两个日期之和都不是日子。日期写在前面，后面的时间按书写顺序依次加减。加月时取同一日号，该月没有的取月末日。
        错误：
            indicator signed "签订日" {"{"} kind date {"}"}
            target t "T" {"{"} require signed >= 2025 {"}"}
        正确：
            indicator signed "签订日" {"{"} kind date {"}"}
            target t "T" {"{"} require signed >= 2025-01-01 {"}"}
day-wrong-and-other = { $left }与{ $right }不能放在一起
day-wrong-first = 日期要写在前面，加减的时间写在后面
day-wrong-and-date = 两个日期不能相加；相减得其间的时间
day-wrong-step = 日期只能加减一段时间：天、工作日、月或年
day-wrong-part = 日期只能按整天、整工作日、整月移动
day-wrong-counted = 日期不是数量，不能相乘、取负或平均
day-wrong-needed = 此处应为日期
day-wrong-has-no-unit = 日期没有单位
deadline-no-day = `by`（`截至`）后应为时期或日期
help-date = 日期写作 `2025-06-27` 或 `2025年6月27日`，时间写作 `10天`、`10工作日`、`6个月`、`2年`

modality-must = 应当
modality-must-not = 不得
modality-should = 宜
modality-encourage = 鼓励
modality-explore = 探索
modality-pilot = 试点
explain-modality = 要求程度：{ $modality }

reason-not-due-on = { $due } 到期
reason-wished = 属{ $modality }事项，并非必须：目前尚未做到，不会未通过
reason-open-interval = 文件没有写明间隔，无从认定何时到期
waiver-by = 批准：{ $by }
waiver-by-nobody = 未写明批准机关
explain-timing-day = 应于 { $due } 前（含当日）做到；以 { $day } 为准，知悉日 { $knownOn }
explain-timing-term = 期限：{ $words }；以 { $day } 为准，知悉日 { $knownOn }
explain-overdue = 已于 { $due } 到期
explain-missed = 以下各期未做到：{ $periods }
explain-timing-every = 应在 { $first } 至 { $last } 之间做到；以 { $day } 为准，知悉日 { $knownOn }
explain-timing-open = 应反复做到，间隔由文件留空；以 { $day } 为准，知悉日 { $knownOn }
explain-calendar-ends = 日历“{ $calendar }”只涵盖 { $first } 至 { $last } 年，超出部分无法计算
day-this = 当日
day-first = 该段时间首日
day-last = 该段时间末日
unit-days-name = 天
unit-day-name = 天
op-lt-day = 要求早于
op-le-day = 要求不晚于
op-gt-day = 要求晚于
op-ge-day = 要求不早于
op-eq-day = 要求为
op-ne-day = 要求不为
rel-lt-day = 早于
rel-le-day = 不晚于
rel-gt-day = 晚于
rel-ge-day = 不早于
rel-eq-day = 为
rel-ne-day = 不为
distance-after = 晚于限定日{ $amount }
distance-before = 早于限定日{ $amount }
distance-at-or-after = 在限定日当日，或晚于该日而时间不限
distance-at-or-before = 在限定日当日，或早于该日而时间不限
distance-before-or-after = 早于限定日{ $below }，或晚于{ $above }
explain-timing-each-of = 应在 { $periods } 各期内分别做到；以 { $day } 为准，知悉日 { $knownOn }
explain-stands = { $reason }
due-by = 截至 { $day }
due-every-years = 每 { $count } 年
due-every-years-one = 每年
due-every-months = 每 { $count } 个月
due-every-months-one = 每月
due-every-days = 每 { $count } 天
due-every-days-one = 每天
due-open = 定期
form-requires-due = { $what }（{ $due }）
