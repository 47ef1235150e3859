# Problems in figures: sentences, then a page for each code.

### Tables

figure-empty = file has no row
figure-no-rows = there is a header, and no row with a figure below it
figure-too-large = table of { $found } bytes, at most { $limit } are allowed
figure-no-header = expected names of columns in the first row, found `{ $found }`
figure-column = unknown column `{ $found }`, left out
figure-duplicate-column = column { $column } is named twice, first as column { $first }
figure-missing-column = no header names the column { $column }
figure-too-many-columns = header of { $found } columns, at most { $limit } are allowed
figure-field-count = expected { $expected } cells as in the header, found { $found }
figure-unclosed-quote = quotation mark opens a cell and none closes it
figure-cell-too-long = cell of { $found } bytes, at most { $limit } are allowed


### Rows

figure-indicator = unknown indicator `{ $found }`
figure-definition = `{ $indicator }` has no definition `{ $found }`
figure-basis = `{ $indicator }` has no basis `{ $found }`
figure-measure = unknown measure `{ $found }`
figure-entity = unknown entity `{ $found }`
figure-no-entity = row names no entity and the pack has no default one
figure-period = expected a period, found `{ $found }`
figure-decimals = expected a number of decimals, found `{ $found }`
figure-truth = expected a word for yes or no, found `{ $found }`
figure-text = expected a text, found none
help-text = write what there is, or leave the row out where nothing is stated
figure-choice = expected one of the listed texts of `{ $indicator }`, found `{ $found }`
figure-unit = unknown unit `{ $found }`
figure-no-unit = expected { $expected } for `{ $indicator }`, found `{ $found }` without unit
figure-foreign-unit = expected { $expected } for `{ $indicator }`, found `{ $found }`

unit-none = no unit
unit-growth = a percentage or a multiple
unit-points = percentage points
unit-ratio = a multiple or a percentage

### Printed values

printed-no-number = expected a number, found none in `{ $found }`
printed-too-long = cell is too long for a value: `{ $found }`
printed-too-many-digits = number in `{ $found }` has too many digits
printed-expected-number = expected a number or a declared word before it, found `{ $found }`
printed-expected-digits = expected digits after the point in `{ $found }`
printed-bad-grouping = expected three digits in each group but the first in `{ $found }`
printed-second-number = expected a unit or the end, found a second number in `{ $found }`
printed-power-of-ten = expected the digits themselves, found the power of ten of `{ $value }`
printed-contradiction = words in `{ $found }` exclude each other
printed-range-backwards = expected the lower end of the range first in `{ $found }`
printed-range-units = ends of the range in `{ $found }` have no unit in common
printed-range-qualifier = range in `{ $found }` takes no word such as over or below
printed-unknown-qualifier = unknown qualifier `{ $found }`
printed-qualifier-disagrees = qualifier `{ $found }` differs from the words of the value
printed-unit-disagrees = value `{ $value }` has another unit than its column or header, which says `{ $found }`
printed-two-scales = value `{ $value }` has a scale, and so has the unit `{ $found }` of its column or header: nothing says which one counts
printed-decimals-disagree = value has more decimals than its column says, or that column asks for too many

### Codes

code-f001 = encoding is another than UTF-8
    .page =
        A table is read as UTF-8 or UTF-16. It is read as GB18030, which GBK and GB 2312 are parts of, where its bytes prove it: words of the figures stand in it, or all its characters lie in GB 2312. The message then says so, and is a warning.
        Where nothing tells GB18030 and Big5 apart the table is not read: a wrong guess gives other characters, and a unit or name that nobody printed. `--encoding` says which it is. A character that cannot be decoded, or was lost before, spoils its own row only.
        Wrong:
            a table saved as Big5, or as Windows-1252
        Right:
            the same table saved as "CSV UTF-8"
            the same table with `--encoding big5`

code-f002 = table has no row
    .page =
        The file is empty, or holds nothing but blanks and delimiters.
        It is an error and not an empty result: an empty export would otherwise look like a body that published nothing.
        Wrong:
            a file of 0 bytes
        Right:
            indicator,period,value
            coverage,2024,71%

code-f003 = table as a whole cannot be read
    .page =
        The header lacks a column that is needed, names a column twice or names none, or the table is larger than the limit.
        Every figure needs at least an indicator, a period and a value. Which column holds what is never guessed from the cells.
        Wrong:
            coverage,2024,71%
        Right:
            indicator,period,value
            coverage,2024,71%

code-f004 = row of a table cannot be read
    .page =
        The row has more or fewer cells than the header, a quotation mark that nothing closes, or a cell longer than the limit. Only this row is lost.
        A cell too many mostly comes from a comma inside a text; such a text stands in quotation marks.
        Wrong:
            indicator,period,value,quote
            coverage,2024,71%,more than half, and rising
        Right:
            indicator,period,value,quote
            coverage,2024,71%,"more than half, and rising"

code-f005 = column has an unknown header
    .page =
        No header of this name is declared, so that the column is left out. This is a warning: the other columns are read.
        It matters all the same: a misspelt `unit` or `definition` changes what every row means. Headers in other words are declared with `words column`.
        Wrong:
            indicator,period,value,unti
            coverage,2024,71,%
        Right:
            indicator,period,value,unit
            coverage,2024,71,%

code-f006 = row names no known indicator
    .page =
        No indicator has this id, label or alias, or several have it.
        A figure is never given to the nearest name: figures of near relatives, such as coverage by household and by person, differ. A name that a source prints is declared with `alias`.
        Wrong:
            indicator,period,value
            covrage,2024,71%
        Right:
            indicator,period,value
            coverage,2024,71%

code-f007 = row names no definition of the indicator
    .page =
        The indicator declares no definition of this name. A blank cell means the default one, and output says so.
        A figure under another definition is no answer to a rule, so that the definition is never guessed.
        Wrong:
            indicator,definition,period,value
            users,yearend,2024,71%
        Right:
            indicator,definition,period,value
            users,year_end,2024,71%

code-f008 = row names no basis of the indicator
    .page =
        The indicator declares no basis of this name. A blank cell means the basis of the period.
        Figures before and after a revision, such as one after a census, must not be compared until a link is declared. Bases are declared with `break`.
        Wrong:
            indicator,basis,period,value
            sales,census6,2024,71%
        Right:
            indicator,basis,period,value
            sales,census5,2024,71%

code-f009 = row names no known entity
    .page =
        The pack lists no entity of this name, and has no open class to which it could belong; or the cell is blank and the pack has no default entity.
        A misspelt province would otherwise become a new one, and the right one would be missing. A class takes entities from the figures only if it says `members open`.
        Wrong:
            indicator,entity,period,value
            coverage,CN-1,2024,71%
        Right:
            indicator,entity,period,value
            coverage,CN-11,2024,71%

code-f010 = row names no known measure
    .page =
        The measure says what the figure claims of its indicator: `level`, `growth`, `change` or `rank`. A blank cell means `level`.
        A growth read as a level would be a wrong figure under a right name, so that the measure is never guessed from the unit.
        Wrong:
            indicator,measure,period,value
            sales,yoy,2024,11%
        Right:
            indicator,measure,period,value
            sales,growth,2024,11%

code-f011 = cell holds no period
    .page =
        A period is a year, half, quarter, month, day, a part of a year such as `2024Q1-Q3`, or a range of years.
        A flow answers only its whole period, and a stock at the end of June is no figure of the year, so that the period must be certain.
        Wrong:
            indicator,period,value
            coverage,24,71%
        Right:
            indicator,period,value
            coverage,2024,71%

code-f012 = cell holds no readable value
    .page =
        The value is not a number with known words and a unit, or not one of the words that the indicator allows; or two cells of the row contradict each other.
        The row keeps its place: a rule says `unreadable` and not `missing`. Words such as "over" or "about" are declared with `words`.
        Wrong:
            indicator,period,value
            coverage,2024,circa 71%
        Right:
            indicator,period,value
            coverage,2024,about 71%

code-f013 = cell holds an unknown unit
    .page =
        The text behind the number is no declared unit, or can be read as several.
        A unit carries the meaning of a number and is never guessed. The help names the nearest one; a unit that is missing is declared with `unit`.
        Wrong:
            indicator,period,value
            power,2024,12 GWhr
        Right:
            indicator,period,value
            power,2024,12 GWh

code-f014 = figure has a unit that its indicator does not take
    .page =
        The unit is known, but of another kind than the indicator's: households for persons, percent for percentage points, or a unit for an index.
        It mostly shows a figure under the wrong indicator, and no conversion could make it right.
        Wrong:
            indicator,measure,period,value
            coverage,change,2024,5%
        Right:
            indicator,measure,period,value
            coverage,change,2024,5 pp

code-f015 = figure has no unit where its indicator needs one
    .page =
        The number stands without unit. Only an index, a rank and a text are printed blank; a scale alone takes the base unit of the indicator, and output says so.
        A missing unit is the most common source of figures that are 10000 times too large or small.
        Wrong:
            indicator,period,value
            coverage,2024,71
        Right:
            indicator,period,value,unit
            coverage,2024,71,%

code-f017 = row names no declared breakdown
    .page =
        The pack declares its breakdowns with their codes, and the cell names another dimension or code, or a dimension that the indicator does not have, or one dimension twice. Id, either label and alias are names; `area=rural; sex=f` holds two. A code alone is enough where only one dimension has it.
        A part under a name that nobody knows would stand beside the figure that it belongs to, and no rule would see it. Text that is no code is never guessed at. Where further codes may come with figures, the pack says `open` in the breakdown.
        Wrong:
            indicator,breakdown,period,value
            coverage,area=countryside,2024,71%
        Right:
            indicator,breakdown,period,value
            coverage,area=rural,2024,71%

code-f020 = table whose headers do not say what every figure is
    .page =
        The headers, the columns and the lines above a table must say of each figure which indicator it is and of which period. Here something is not said, is said twice, or can be read in two ways; or a row is a total of the table and no figure of its own.
        A header counts only where it is a known name. The layout is never guessed: a column that is taken for another gives wrong figures that look right. A `table` item in the pack can say what the headers leave open.
        Wrong:
            indicator,region,value
            coverage,A,71%
        Right:
            indicator,2023,2024
            coverage,70%,71%

