# Encodings, forms of text, JSON and SDMX-CSV: sentences.

figure-read-as = read as { $encoding }, which its bytes prove; `--encoding` says otherwise
figure-encoding-open = file may be GB18030 or Big5, and nothing in it tells which; byte { $byte } is the first that is not UTF-8
figure-undecodable = byte { $byte } of the file stands for no character in { $encoding }
figure-undecodable-somewhere = bytes stand for no character in { $encoding }
figure-lost-character = cell holds the sign U+FFFD, which stands for a character that was lost before
figure-zero-character = cell holds the control character U+0000, which no text has

help-encoding = say which with `--encoding gbk` or `--encoding big5`, or save the table as UTF-8, which a spreadsheet calls "CSV UTF-8"
help-grouping = a comma separates groups of three digits, as in 1,234; before decimals stands a point, as in 1.5
help-undecodable = save the table as UTF-8, or say its encoding with `--encoding`
help-lost-character = take the cell from its source again: what stood there cannot be told from this file

cli-arg-encoding = encoding of tables without a byte order mark; by default that which their bytes prove
replay-no-encoding = this version reads no encoding `{ $encoding }`
