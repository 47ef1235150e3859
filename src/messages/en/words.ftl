# Words of answers, figures and messages; the same as the keywords of the language.

### Verdicts

verdict-fail = fail
verdict-undetermined = undetermined
verdict-pending = pending
verdict-waived = waived
verdict-pass = pass
verdict-decided = decided
verdict-not-applicable = not-applicable

### Causes of an undetermined verdict

cause-missing = missing
cause-imprecise = imprecise
cause-conflict = conflict
cause-definition-break = definition-break
cause-undefined = undefined
cause-wrong-window = wrong-window
cause-unreadable = unreadable

### Outlooks of a pending target

outlook-met-early = met-early
outlook-on-track = on-track
outlook-off-track = off-track
outlook-undetermined = undetermined

### What a figure claims of its indicator

measure-level = level
measure-growth = growth
measure-change = change
measure-rank = rank

### What a quantity means

role-amount = a plain number
role-bare = a number without unit
role-blank = an index or a rank
role-dimension = a quantity in { $units }
role-growth = a growth
role-multiple = a multiple
role-percent = a percentage
role-points = percentage points
role-ratio = a ratio
role-scaled = a number with a scale and no unit
role-share = a share

### How much a problem matters

severity-error = error
severity-warning = warning
severity-note = note
severity-help = help

### Columns of a table

column-indicator = indicator
column-definition = definition
column-measure = measure
column-entity = entity
column-entity-kind = entity kind
column-part-of = part of
column-record = record
column-breakdown = breakdown
column-basis = basis
column-period = period
column-value = value
column-qualifier = qualifier
column-unit = unit
column-decimals = decimals
column-source = source
column-section = section
column-line = line
column-published = published
column-status = status
column-quote = quote
column-note = note
column-note-en = note in English
column-form = mark of the form
column-ignored = for information
