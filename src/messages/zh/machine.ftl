# 供其他程序使用的格式中的语句。

junit-verdict = { $verdict }：{ $why }
junit-problems = 规则文件与数据表中的问题：{ $count } 个
