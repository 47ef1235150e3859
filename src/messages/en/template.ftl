# Forms to be filled in: heads, the page that says how, and what is told when one comes back.

form-sheet = Figures to fill in
form-guide = How to fill it in
form-lists = Choices
form-for-period = figures for { $period }

form-indicator = Indicator
form-name = Name (for information)
form-entity = Entity
form-entity-kind = Entity kind
form-part-of = Part of
form-definition = Definition
form-breakdown = Breakdown
form-measure = Measure
form-period = Period
form-value = Value
form-unit = Unit
form-qualifier = Qualifier
form-status = Status
form-source = Source
form-published = Published
form-note = Note
form-kind = Kind (for information)
form-last-figure = Last figure (for information)
form-last-period = Last period (for information)
form-last-source = Last source (for information)
form-mark = Plumbrule form

form-indicator-guide = The id of what is asked for. Its comment holds the rules that need it, in their own words.
form-name-guide = What the indicator is called.
form-entity-guide = Whom the figure is about. Where the cell is yellow, enter the name.
form-entity-kind-guide = What kind of entity that is.
form-part-of-guide = What the entity is a part of.
form-definition-guide = How the quantity is defined. A figure under another definition does not belong here.
form-breakdown-guide = The group that the figure is about; blank for the total.
form-measure-guide = Blank for the quantity itself; else its growth, its change or its rank.
form-period-guide = The period that the figure is about. Earlier ones are asked for where rules need them and nobody has given them.
form-value-guide = The figure as it is published, with all its digits: 12.0 says more than 12. Words may stand beside it, such as “over 40 million”.
form-unit-guide = The unit that the value is in. Choose another one where the value is published in it; do not convert.
form-qualifier-guide = A word beside the number, such as over, about or at least, unless it stands in the value. Blank for the number itself.
form-status-guide = What is to be said of the figure: provisional, revised, final, estimated. Several are set apart by semicolons.
form-source-guide = The document that prints the figure, by its id in the rules or by its title.
form-published-guide = The date of publication, as 2026-02-28, 2026-02 or 2026.
form-note-guide = Anything else that an auditor should know.
form-kind-guide = A stock is measured at a moment, a flow over the whole period.
form-last-figure-guide = The latest figure known before, as it was printed.
form-last-period-guide = The period of that figure.
form-last-source-guide = The document that printed that figure.
form-mark-guide = Which rules the form is for; not to be changed.

form-about = About this form
form-pack = Rules
form-of-period = Period
form-digest = Digest of the rules
form-how = How to fill it in
form-columns = Columns
form-advice-yellow = Fill in the yellow cells. All others are protected, without a password.
form-advice-blank = Leave a value blank where there is no figure. A status or a note may say why.
form-advice-words = Figures and words may be typed or pasted. Drop-downs offer the usual words; others that the rules know are read too.
form-advice-comments = A small triangle on an indicator opens the words of the rules that need it.
form-advice-columns = Keep the heads and the hidden last column, so that the workbook is read without further settings.
form-advice-back = Save as XLSX and send it back. It is read as it is: plumbrule check { $pack } --figures FILE

form-yes = yes
form-no = no
form-over = over
form-at-least = at least
form-below = below
form-at-most = at most
form-nearly = nearly
form-about-word = about
form-plus = plus

form-kind-stock = stock
form-kind-flow = flow
form-kind-share = share
form-kind-growth = growth
form-kind-change = change
form-kind-index = index
form-kind-rank = rank
form-kind-quantity = quantity
form-kind-yes-no = yes or no
form-kind-text = text
form-kind-one-of = one of a list

form-name-of = { $name } ({ $parts })
form-requires-by = { $what } by { $due }
form-cites = { $at }: “{ $quote }”
form-more-rules = Further rules: { $count }
form-not-offered = This is none of the usual words. It is read if the rules know it.
form-not-a-choice = Choose one of the list.

figure-form-version = form was made for another version of the rules of `{ $found }`
figure-form-pack = form was made for the rules of `{ $found }`, not of `{ $pack }`
help-form = compare what it asks for with a new one: plumbrule template

template-no-period = no period is named, and no figure is known after which the next one could be meant
help-template-period = name it: --period 2025
template-ending = form is to be written as `{ $file }`, whose ending is neither .xlsx nor .csv
help-template-ending = name the file form.xlsx or form.csv
template-nothing = no rule of `{ $pack }` asks for a figure of { $period }
template-nothing-of-entities = no rule of `{ $pack }` asks for a figure of { $period } of { $entities }
help-template-nothing = ask for every indicator: --all
template-too-many = form would have { $count } rows, and may have { $limit }
template-open = nobody knows yet who reports as `{ $class }`: one set of rows without a name is written, which whoever fills it in names; `--entity NAME,NAME` writes a set for each
help-template-too-many = make one form for each of the entities: --entity NAME
template-written = figures asked for: { $count }, in { $file }

cli-template = Write the form that a reporting office fills in for a pack
cli-arg-template-period = the period of the form, such as 2025; by default the year after the latest figure
cli-arg-template-entity = only rows of these entities; where members come with the figures, also new names
cli-arg-template-figures = figures that are known: the last ones are shown, and earlier ones that rules need are not asked for again
cli-arg-template-all = every indicator that the pack declares, not only those that its rules need
cli-arg-template-out = a workbook (.xlsx) or a text table (.csv); by default a text table to the output stream
cli-examples-template =
    plumbrule template rules/nip-2021 --figures fixtures/published --period 2025 --out form.xlsx
    plumbrule template rules/nip-2021 --lang zh --period 2025 --out form.csv
