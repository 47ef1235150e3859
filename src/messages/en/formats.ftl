# Encodings, forms of text, JSON and SDMX-CSV: sentences.

figure-read-as = read as { $encoding }, which its bytes prove; `--encoding` says otherwise
figure-encoding-open = file may be GB18030 or Big5, and nothing in it tells which; byte { $byte } is the first that is not UTF-8
figure-undecodable = byte { $byte } of the file stands for no character in { $encoding }
figure-undecodable-somewhere = bytes stand for no character in { $encoding }
figure-lost-character = cell holds the sign U+FFFD, which stands for a character that was lost before
figure-zero-character = cell holds the control character U+0000, which no text has

help-encoding = say which with `--encoding gbk` or `--encoding big5`, or save the table as UTF-8, which a spreadsheet calls "CSV UTF-8"
help-power-of-ten = write `1e-5` as 0.00001; a number of JSON may have a power of ten from -60 to 60
help-grouping = a comma separates groups of three digits, as in 1,234; before decimals stands a point, as in 1.5
help-undecodable = save the table as UTF-8, or say its encoding with `--encoding`
help-lost-character = take the cell from its source again: what stood there cannot be told from this file

cli-arg-encoding = encoding of tables without a byte order mark; by default that which their bytes prove
replay-no-encoding = this version reads no encoding `{ $encoding }`

column-scale = power of ten

figure-status = unknown status `{ $found }`, left out
figure-scale = expected a power of ten between -30 and 30, found `{ $found }`
figure-action = row asks for the action `{ $found }`, which is not honoured
help-action = leave the rows out that delete figures, and those that they delete

json-syntax = this is not JSON from here on: `{ $found }`
json-ends = JSON ends where more was expected
json-not-object = expected an object with the fields of a figure, found `{ $found }`
json-two-nested = field `{ $field }` is the second that holds a list or an object, and only one may
json-nested = field `{ $field }` holds a list or an object, where a text or a number was expected
json-twice = field `{ $field }` stands twice in one object
help-json = a figure is an object such as {"{"}"indicator": "share", "period": "2024", "value": "71%"{"}"}; several stand in a list

source-status = called { $statuses }
explain-absence = reported as not available ({ $place })
explain-absence-why = reported as not available: { $statuses } ({ $place })

status-normal = normal
status-break = a break in the series
status-definition-differs = of another definition than the others
status-estimated = estimated
status-forecast = a forecast
status-experimental = experimental
status-holiday = not collected on a holiday
status-imputed = imputed
status-derogation = under a derogation
status-in-other = included in another category
status-not-collected = existing but not collected
status-cannot-exist = not existing
status-not-significant = not significant
status-missing = missing
status-provisional = provisional
status-suppressed = suppressed
status-special-events = affected by special events
status-low-reliability = of low reliability
status-unvalidated = not validated
status-includes-other = inclusive of another category
status-final = final
status-revised = revised
status-confidential = confidential

code-f016 = unknown status
    .page =
        The column of statuses holds a word that no status has. The figure is read, and the word is left out.
        A publisher says with a status what its value does not: that it is provisional, estimated or confidential, or why there is none. The list is that of SDMX, with final, revised and confidential. A pack may add words of its own to it.
        Wrong:
            indicator,period,value,status
            share,2024,71%,almost
        Right:
            indicator,period,value,status
            share,2024,71%,provisional
