# Many submissions at once.
columns-rows = rows: { $rows }, verdicts: { $verdicts }
columns-passed-over = rows passed over: { $rows }, of another period, or of nobody or no time that is known
columns-cut = ended with the first part of the table that has a failure
columns-all = all rules
columns-causes = Why undetermined (one verdict may have several causes):
columns-worst = Rows that fail most:
columns-worst-row = { $entity } { $period }: { $fails } failed, { $opens } undetermined
