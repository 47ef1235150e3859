# Tests written in the language, their tables of cases, and what they reach.

test-title = { $label }
test-title-named = { $label }: { $name }
test-title-row = { $label }, row { $row }

code-p014 = `{ $found }` does not fit its column, which holds { $expected }
    .page =
        In a table of cases of a test, the head of a column says what its cells are: a figure as a source prints it, a day, a body, or what is expected. Under `expect NAME` stands a verdict, under `expect NAME outcome` one or more outcomes, under `expect NAME =` a value.
        Wrong:
            test "one share" {"{"} cases {"{"}
              | coverage | expect t |
              | 60% | 60% | {"}"} {"}"}
        Right:
            test "one share" {"{"} cases {"{"}
              | coverage | expect t |
              | 60% | fail | {"}"} {"}"}
cell-text = a text in quotes
cell-entity = the id of a body
cell-date = a year, month or day
cell-figure = a number with its unit, yes, no, or a text in quotes
cell-verdict = a verdict, with a cause in brackets where one is meant, or a finding
cell-outcomes = one or more outcomes with commas between them
cell-outlook = an outlook
cell-value = a number with its unit, or a text in quotes
help-case-cells = write `-` in a cell that says nothing
help-cell = write `-` where the cell says nothing
help-cell-outcome = write the id of an outcome; one that is a word of the language stands between backticks
