# Sentences of the formats for other programs.

junit-verdict = { $verdict }: { $why }
junit-problems = problems in rule files and tables: { $count }
