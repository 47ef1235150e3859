# Days, calendars and duties.

day-text = { $year }-{ $month }-{ $day }
role-date = a date
form-kind-date = day

function-days = days_between
    .doc = days from one day to another; below zero where the second is the earlier
function-working-days = working_days_between
    .doc = working days after one day up to another and with it, by the calendar of the pack

figure-day = expected a day, found `{ $found }`
help-day = write `2025-06-27`; a month or a year alone counts as all of its days

code-r048 = wrong calendar: { $why }
    .page =
        A calendar says which days are worked: its weekdays, the years whose list is known, days off and days worked in their place.
        Working days are counted by the calendar that the head of the pack names. None is assumed, for the days off differ from place to place. The carried ones are in `rules/std`.
        Wrong:
            indicator signed "Signed" {"{"} kind date {"}"}
            define due = signed + 10 working days
        Right:
            pack p {"{"} calendar mainland-china {"}"}
            indicator signed "Signed" {"{"} kind date {"}"}
            define due = signed + 10 working days
calendar-none = working days need a calendar, and the head of the pack names none
calendar-unknown = no calendar `{ $name }` is declared
calendar-weekday = a weekday is a number from 1, Monday, to 7, Sunday
calendar-year = a calendar covers whole years
calendar-day = a day is written as `2025-10-01`
calendar-long = a holiday lasts a year at the most
calendar-both = { $day } is both off and worked
help-calendar = write `calendar mainland-china`, or one that is declared here, into the head of the pack

code-r049 = wrong duty: { $why }
    .page =
        A duty is due by a period, by a day that is computed, once in every stretch of time, or at intervals that the text leaves open.
        A goal that is a day, such as the one on which something was filed, is met where that day lies in time; so it needs something to be in time for. `every` takes years, months, weeks or days; what does not fit into a year a whole number of times needs `since` with the day on which the first stretch begins.
        Wrong:
            indicator audited "Audited on" {"{"} kind date {"}"}
            target t "T" {"{"} require audited every 2 years {"}"}
        Right:
            indicator audited "Audited on" {"{"} kind date {"}"}
            target t "T" {"{"} require audited every 2 years since 2025-05-01 {"}"}
duty-stretch = `every` takes a whole number of years, months, weeks or days
duty-since = these stretches of time do not begin with the year; say since which day they run
duty-of-check = a check relates figures of one period and has no deadline
duty-must-not-day = what must not be done is a condition, not a day
duty-day-without-deadline = a day is met only by a deadline, such as `by signed + 10 working days`, or within `every 2 years since 2025-05-01`

code-r050 = wrong date: { $why }
    .page =
        A date is a point in time. It compares with dates, and it moves by a length of time: days, working days, months or years.
        A number, a percentage or a sum of two dates says nothing about a day. The date stands first, and lengths are added to it in the order in which they are written. A month later is the day of the same number, or the last of the month where that has none.
        Wrong:
            indicator signed "Signed" {"{"} kind date {"}"}
            target t "T" {"{"} require signed >= 2025 {"}"}
        Right:
            indicator signed "Signed" {"{"} kind date {"}"}
            target t "T" {"{"} require signed >= 2025-01-01 {"}"}
day-wrong-and-other = { $left } and { $right } do not go together
day-wrong-first = the date stands first, and what is added behind it
day-wrong-and-date = two dates do not add up; one minus the other is the time between them
day-wrong-step = only a length of time is added to a date: days, working days, months or years
day-wrong-part = a date moves by whole days, working days and months
day-wrong-counted = a date is no quantity; it cannot be multiplied, negated or averaged
day-wrong-needed = a date is expected here
day-wrong-has-no-unit = a date has no unit
deadline-no-day = what stands behind `by` is a period or a date
help-date = write a date as `2025-06-27`, a length as `10 days`, `10 working days`, `6 months`, `2 years`

modality-must = must
modality-must-not = must not
modality-should = should
modality-encourage = encouraged
modality-explore = to be explored
modality-pilot = piloted
explain-modality = required degree: { $modality }

reason-not-due-on = due on { $due }
reason-wished = { $modality }, not required: not met so far, and it cannot fail
reason-open-interval = the text names no interval, so that nothing says by when
waiver-by = by { $by }
waiver-by-nobody = nobody named
explain-timing-day = to be met by { $due }; looked at on { $day }, known on { $knownOn }
explain-timing-term = to be met { $words }; looked at on { $day }, known on { $knownOn }
explain-overdue = was due on { $due }
explain-missed = not met in { $periods }
explain-timing-every = to be met from { $first } to { $last }; looked at on { $day }, known on { $knownOn }
explain-timing-open = to be met again and again, at intervals that the text leaves open; looked at on { $day }, known on { $knownOn }
explain-calendar-ends = the calendar { $calendar } knows the years { $first } to { $last }; a count that leaves them has no answer
day-this = this day
day-first = first day of the stretch of time
day-last = last day of the stretch of time
unit-days-name = days
unit-day-name = day
op-lt-day = must be earlier than
op-le-day = must be no later than
op-gt-day = must be later than
op-ge-day = must be no earlier than
op-eq-day = must be
op-ne-day = must be another day than
rel-lt-day = earlier than
rel-le-day = no later than
rel-gt-day = later than
rel-ge-day = no earlier than
rel-eq-day = on
rel-ne-day = not on
distance-after = { $amount } after the limit
distance-before = { $amount } before the limit
distance-at-or-after = on the day of the limit or any time after it
distance-at-or-before = on the day of the limit or any time before it
distance-before-or-after = { $below } before the limit, or { $above } after it
explain-timing-each-of = to be met in each of { $periods }; looked at on { $day }, known on { $knownOn }
explain-stands = { $reason }
due-by = by { $day }
due-every-years = every { $count } years
due-every-years-one = every year
due-every-months = every { $count } months
due-every-months-one = every month
due-every-days = every { $count } days
due-every-days-one = every day
due-open = regularly
form-requires-due = { $what } ({ $due })
