# 本语言的函数：中文名，以及一句话的含义。

function-growth = 增速
    .doc = 相对于较早时期的变化，省略时期即与上年相比
function-change = 变化量
    .doc = 与较早时期之差，省略时期即与上年相比；占比和增速之差以百分点计
function-cagr = 年均增速
    .doc = 自较早时期以来按固定速度折算的每年平均增速
function-share = 占比
    .doc = 前一个量占后一个量的比重
function-sum = 合计
    .doc = 几个量之和，或者一个量在一段时期内之和；有数据缺失即无法判定
function-mean = 平均
    .doc = 几个量的算术平均，或者一个量在一段时期内的算术平均；有数据缺失即无法判定
function-min = 最小
    .doc = 几个量中最小的，或者一个量在一段时期内最小的
function-max = 最大
    .doc = 几个量中最大的，或者一个量在一段时期内最大的
function-abs = 绝对值
    .doc = 去掉正负号的量
