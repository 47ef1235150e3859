# 分组：数据是哪一部分的，以及分组名称有什么问题。

name-breakdown = { $dimension }：{ $code }
name-breakdowns = { $parts }
breakdown-span = { $from }—{ $to }年
breakdown-years = { $count }年
breakdown-any = 任意
breakdown-periods = 时期

breakdown-no-dimension = 没有声明分组 `{ $found }`
breakdown-no-code = `{ $found }` 不是{ $dimension }的代码
breakdown-not-of = { $indicator }不按{ $dimension }分组
breakdown-bare = 没有哪个分组有代码 `{ $found }`
breakdown-bare-several = 几个分组都有代码 `{ $found }`
breakdown-twice = { $dimension }写了两次
figure-breakdown = { $why }

help-breakdown-pair = 请连同分组写明代码，如 `area=rural`
help-breakdown-period = 它的代码是时期：年份如 `2022`，`2022-12`，`2022H2`，起止年份如 `2019-2023`，若干年如 `5y`
help-breakdown-shared = 它有几个代码都叫这个名称，请写所指那个的标识
