chart-sentence-end = .{" "}
chart-baseline = baseline { $period }: { $value }
chart-target = target by { $due }: { $op } { $limit }
chart-target-each = target in every period: { $op } { $limit }
chart-path-linear = path: straight
chart-path-geometric = path: constant rate
chart-path-waypoints = path: waypoints
chart-figure = published
chart-range = published as a range: ring, end not included; arrow, no end
chart-unknown = bounds nothing or cannot be read
chart-disputed = claims cannot all be true
chart-projection = at the pace so far, { $due }: { $set }
chart-break-basis = new basis
chart-break-definition = other definition
chart-break-basis-in = from { $period } on a new basis: { $label }
chart-break-definition-in = { $period } under another definition alone: { $label }
chart-reading = “{ $printed }”, { $set }
chart-told = published { $period }: { $sets }
chart-told-disputed = published { $period }, claims that cannot all be true: { $sets }
chart-told-none = published { $period }: nothing that answers ({ $causes })
figure-supposed-period = no period in this supposition: expected `@` and a period after the indicator
figure-supposed-value = no value in this supposition: expected `=` and a value after the period
figure-supposed-bracket = nothing closes the bracket: expected `]`
figure-supposed-twice = the same figure is supposed twice: { $found }
help-supposition = write indicator@period=value, such as coverage@2025=58% or coverage[residents]@2025=over 58%
source-supposed = supposed, not published
