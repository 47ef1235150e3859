explain-list-count = in the list: { $count }
explain-list-all = in the list: { $count }, all with a figure
explain-list-some = in the list: { $count }, { $known } with a figure, { $missing } without
explain-list-conditions = in the list: { $count }; met by { $met }, not met by { $unmet }, open for { $open }
explain-every-listed = { $members }, { $what }: of { $count } in the list met by { $met }, not met by { $unmet }, open for { $open }
explain-many-count = { $count } members
explain-list-open = the list is open: nothing says that these are all
explain-list-full = the list is complete: the form demands all
explain-list-complete = the list is complete: so says { $figure }
explain-list-unsaid = the list is open: { $figure } does not say that these are all ({ $causes })
explain-list-doubt = the list is open: rows tell of records that may be in it ({ $causes })
explain-members-doubt = the members are not all known: rows that cannot be read may be about more of them ({ $causes })
explain-list-counted = { $figure } is { $set }: { $least } more are not listed
explain-list-counted-up-to = { $figure } is { $set }: from { $least } to { $most } more are not listed
explain-list-counted-from = { $figure } is { $set }: { $least } or more are not listed
explain-list-conflict = the list is open: { $figure } is { $set }, and { $count } are listed
explain-list-counts = these count: { $names }
explain-list-counts-more = these count: { $names } and { $more } more
explain-list-passed = these do not count: { $names }
explain-list-passed-more = these do not count: { $names } and { $more } more
explain-list-maybe = not known whether they count ({ $causes }): { $names }
explain-list-maybe-more = not known whether they count ({ $causes }): { $names } and { $more } more
explain-record = { $name } ({ $place })
explain-record-sheet = { $file }, sheet { $sheet }, row { $line }
aggregate-where = { $what }, of those where { $condition }

help-where-sum = `where` narrows a plain sum; for a count write `count of … where …`
help-record-blank = write the name of the record into this cell; only in a table without a column of names is each row a record of its own
help-records-alike = if one is a copy, take it out; if they are two records, give each its name in a column headed `record`
help-record-name = head a column with `record` or `{ $class }`, or write the body and the record as in `{ $example }`
help-list-periods = take each period by itself, as in `sum of x@2023 over its … + sum of x@2024 over its …`
help-list-scope = judge the rule for each of those who have lists: `for each { $owners }`; or leave out { $its } to take the records of all
help-record-figure = take the records together, as in `sum of { $name } over its { $class }`, or judge the rule `for each { $class }`
help-owner-figure = a record knows only its own figures; hold what is said of its list against those of the body
help-record-twice = within its list a record needs its own name only
figure-records-alike = this row is a record without a name and says the same as that of line { $line }; both count
figure-record-name = which `{ $class }` it is about is not said
figure-record-owner = `{ $entity }` has no list of `{ $class }`: it is not of the class `{ $owners }`
figure-record-twice = the record `{ $found }` is in the list of { $known }, not in that of { $entity }

records-wrong-owners = records are a part of one class of bodies
records-wrong-itself = the class would be a list of itself
records-wrong-nested = a list belongs to a body, and not to a record of another list
records-wrong-listed = records come with the figures, so that the class says `members open` or `members in full`
records-wrong-class = a class of records belongs to no other class
records-wrong-no-owner = `complete by` stands where `part of` says whose list it is
records-wrong-known = `complete by` stands where the class says `members open`
records-wrong-figure = a list is complete by a count or by a yes or no
records-wrong-whose = a list is complete by a figure of the body that has it
code-r062 = wrong list of records: { $why }
    .page =
        A class whose members are a `part of` a class of bodies is a list that each of these bodies submits. `complete by` names the body's own figure that says how many records there are, or whether all are there.
        Wrong:
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open complete by coverage {"}"}
        Right:
            indicator all_there "All sales listed" {"{"} kind yes-no {"}"}
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open part of shop complete by all_there {"}"}
code-r063 = `{ $name }` is a figure of `{ $class }`, and the rule asks it of { $asked }
    .page =
        What stands in the records of a list is asked of each record. A body has no such figure itself, and a record none of those of its body.
        Wrong:
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open part of shop {"}"}
            indicator goods "Goods" {"{"} entity sale unit m {"}"}
            target t "T" {"{"} for each shop require goods >= 5m by 2025 {"}"}
        Right:
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open part of shop {"}"}
            indicator goods "Goods" {"{"} entity sale unit m {"}"}
            target t "T" {"{"} for each shop require sum of goods over its sale >= 5m by 2025 {"}"}
asked-body = the body of the pack
asked-class = each `{ $class }`
code-r064 = no condition can stand here
    .page =
        Behind `over` a condition says which records a sum adds. A mean, a highest or a quantile has none: whether somebody counts and what he has would be mixed up where it is not known.
        Wrong:
            entity shop "Shops" {"{"} members open {"}"}
            check z "Z" {"{"} require mean of coverage over shop where (coverage >= 2%) >= 5% {"}"}
        Right:
            entity shop "Shops" {"{"} members open {"}"}
            check z "Z" {"{"} require count of shop where coverage >= 2% >= 5 {"}"}
code-r065 = nobody here has a list of `{ $class }`
    .page =
        `its` takes the records of the body that the rule is judged for. Without `for each` that is the body of the pack, which has no such list.
        Wrong:
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open part of shop {"}"}
            indicator goods "Goods" {"{"} entity sale unit m {"}"}
            target t "T" {"{"} require sum of goods over its sale >= 5m by 2025 {"}"}
        Right:
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open part of shop {"}"}
            indicator goods "Goods" {"{"} entity sale unit m {"}"}
            target t "T" {"{"} for each shop require sum of goods over its sale >= 5m by 2025 {"}"}
code-r066 = the list of which period of `{ $class }` is meant?
    .page =
        Records are in the list of a period: of that of their figures that are read, and of the asked one where its figures are read beside others. Figures of several other periods leave open whose list it is.
        Wrong:
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open part of shop {"}"}
            indicator goods "Goods" {"{"} entity sale unit m {"}"}
            target t "T" {"{"} for each shop require sum of (goods@2023 + goods@2024) over its sale >= 5m by 2025 {"}"}
        Right:
            entity shop "Shops" {"{"} members open {"}"}
            entity sale "Sales" {"{"} members open part of shop {"}"}
            indicator goods "Goods" {"{"} entity sale unit m {"}"}
            target t "T" {"{"} for each shop require sum of goods@2023 over its sale + sum of goods@2024 over its sale >= 5m by 2025 {"}"}
code-f022 = a record without a name
    .page =
        Figures of one record belong together by its name in the list. In a table with a row for each figure a column names the record; in one with a row for each record and no such column the row itself will do, and rows that are alike are told. Where the column is there, no cell of it may be blank.
        Wrong:
            shop,indicator,period,value
            corner,goods,2025,5
        Right:
            shop,sale,indicator,period,value
            corner,s1,goods,2025,5
code-f023 = a record of who has no such list
    .page =
        Lists belong to the bodies of one class. Another body has none, and its records would count nowhere.
        Wrong:
            entity,record,goods
            China,s1,5
        Right:
            entity,record,goods
            corner,s1,5
code-f024 = a record of two lists
    .page =
        A record is in the list of one body. Names need to be different within a list only, so that two lists may both have a `s1`; the whole name of a record says whose it is.
        Wrong:
            shop,sale,goods
            corner,corner/s1,5
            market,corner/s1,7
        Right:
            shop,sale,goods
            corner,s1,5
            market,s1,7
list-members-full = those of tables too, and no others
list-records-open = records of { $owner }; the list is open
list-records-full = records of { $owner }; all are listed
list-records-complete = records of { $owner }; complete by { $figure }
