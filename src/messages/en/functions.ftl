# Functions of the language: the name in English, and what it gives in one sentence.

function-growth = growth
    .doc = change relative to an earlier period, which is the year before if left out
function-change = change
    .doc = difference from an earlier period, which is the year before if left out; of shares and growths in percentage points
function-cagr = cagr
    .doc = average annual growth since an earlier period, at a constant rate
function-share = share
    .doc = first quantity as a part of the second
function-sum = sum
    .doc = sum of several quantities, or of one over a range of periods; undetermined if any figure is missing
function-mean = mean
    .doc = arithmetic mean of several quantities, or of one over a range of periods; undetermined if any figure is missing
function-min = min
    .doc = smallest of several quantities, or of one over a range of periods
function-max = max
    .doc = largest of several quantities, or of one over a range of periods
function-abs = abs
    .doc = quantity without its sign
