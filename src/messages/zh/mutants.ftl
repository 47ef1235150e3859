# 对规则包的微小改动，以及用例是否察觉。

mutant-becomes = { $from } 改为 { $to }
mutant-comparison = `{ $text }`：{ $from } 改为 { $to }
mutant-ago = `{ $text }` 的时期改为 { $to }
mutant-dropped = 去掉 `{ $text }`
mutant-turned = `{ $text }` 改为其反面
mutant-bare = `{ $text }` 改为 `{ $to }`
mutant-any = `{ $text }` 由全部成立改为任一成立
mutant-all = `{ $text }` 由任一成立改为全部成立
mutant-added = `{ $text }` 由减改为加
mutant-subtracted = `{ $text }` 由加改为减
mutant-multiplied = `{ $text }` 由除改为乘
mutant-divided = `{ $text }` 由乘改为除
mutant-limits = 全部界限
mutant-comparisons = 全部比较
mutant-conditions = 全部条件
mutant-arithmetics = 全部加减乘除
mutant-dates = 全部日期与时期
mutant-clauses = 全部子句与情形
mutant-modalities = 全部要求强度
mutant-head-caught = 已察觉
mutant-head-missed = 未察觉
mutant-head-unviable = 不成规则包
mutant-head-owner = 项目
mutant-lacking = 没有用例察觉：{ $count } 处
mutant-line = { $place } [{ $owner }]：{ $said }
mutant-none = 规则包中没有可以改动之处
mutant-summary = 用例察觉了 { $caught } 处改动，共 { $count } 处，占 { $percent }%
mutant-failing = 用例“{ $test }”在规则包的原文上就不通过
help-mutant-failing = 先改正它；`plumbrule test` 说明它为何不通过
mutant-no-item = 规则包中可以改动的部分没有标识为 `{ $id }` 的
cli-mutate = 对规则包逐处作微小改动，说明用例察觉不到哪些改动
cli-arg-item = 只改动属于这些规则、指标等项目的部分，以标识指明
cli-arg-at-least-noticed = 用例察觉的改动不足此百分比时，退出状态为 1
cli-arg-mutate-threads = 线程数；默认每个处理器一个
cli-arg-mutant-format = 输出形式；未写时由 --out 的结尾决定
cli-examples-mutate =
    plumbrule mutate rules/nip-2021
    plumbrule mutate rules/nip-2021 --item nip.2 --at-least 90 # 只改动一条规则
    plumbrule mutate rules/nip-2021 --item nip.2 --out 变异.json
cli-exit-mutate =
    0  完成
    1  用例察觉的不足 --at-least 所要求
    2  出错，例如有用例在规则包的原文上就不通过
