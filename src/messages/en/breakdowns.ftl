# Breakdowns: what figures are parts of, and what is wrong with a name of one.

name-breakdown = { $dimension }: { $code }
name-breakdowns = { $parts }
breakdown-span = { $from } to { $to }
breakdown-years = { $count } years
breakdown-any = any
breakdown-periods = periods

breakdown-no-dimension = no breakdown `{ $found }` is declared
breakdown-no-code = `{ $found }` is no code of { $dimension }
breakdown-not-of = { $indicator } is not broken down by { $dimension }
breakdown-bare = no breakdown has the code `{ $found }`
breakdown-bare-several = several breakdowns have the code `{ $found }`
breakdown-twice = { $dimension } is named twice
figure-breakdown = { $why }

help-breakdown-pair = write the breakdown with its code, such as `area=rural`
help-breakdown-period = its codes are periods: a year such as `2022`, `2022-12`, `2022H2`, from one year to another as in `2019-2023`, or so many years as in `5y`
help-breakdown-shared = several of its codes have this name; write the id of the one that is meant
