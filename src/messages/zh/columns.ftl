# 一次核对大量填报。
columns-rows = 行数：{ $rows }，判定数：{ $verdicts }
columns-passed-over = 未判定的行：{ $rows }，属于别的时期，或主体、时期无法识别
columns-cut = 在首个含有不达标的部分结束
columns-all = 全部规则
columns-causes = 无法判定的原因（一个判定可有多个原因）：
columns-worst = 不达标最多的行：
columns-worst-row = { $entity } { $period }：不达标 { $fails } 项，无法判定 { $opens } 项
