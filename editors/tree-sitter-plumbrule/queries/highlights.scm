(comment) @comment

(text) @string
(quoted_name) @variable

(number) @number
(unit) @type.builtin
(period) @number

(item kind: (item_keyword) @keyword.type)
(item name: (name) @type.definition)
(clause kind: (clause_keyword) @keyword)
(keyword) @keyword.modifier
(operator) @keyword.operator
(verdict) @constant.builtin
(comparison) @operator
(equals) @operator
(binary_expression operator: _ @operator)
(unary_expression operator: _ @operator)

(call function: (name) @function.call)

(block ["{" "｛" "}" "｝"] @punctuation.bracket)
(parenthesized ["(" "（" ")" "）"] @punctuation.bracket)
(selection ["[" "［" "]" "］"] @punctuation.bracket)
(separator) @punctuation.delimiter
(bar) @punctuation.delimiter
