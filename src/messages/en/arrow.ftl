# Batches of columns in memory.
arrow-unknown-rule = the pack has no rule `{ $rule }` that is judged row by row
arrow-schemas = batch { $batch } has other columns than the first
arrow-layout = the rows of the batch do not each say whom and when they are about; name a column for both, or evaluate the figures as one submission
arrow-column = the column `{ $column }` says more of a figure than whom, when and how much; leave it out, or evaluate the figures as one submission
arrow-records = too many rows do not say in whose list they are; evaluate the figures as one submission
arrow-lost = a row that cannot be read may be of the list of any body; evaluate the figures as one submission
arrow-classes = new bodies may be of several classes, so that a row alone does not say of which; evaluate the figures as one submission
arrow-rules = these rules look over many bodies in a way that needs all figures at once: { $rules } ({ $count } in all); ask for the others alone, or evaluate the figures as one submission
arrow-type = the column `{ $column }` is of the type { $type }, which no cell of a table can show; expected are numbers, decimals, texts, truths, days, moments, or dictionaries of them
arrow-not-text = the column `{ $column }` holds bytes that are no text in UTF-8, or a day that no calendar has
arrow-row = row { $row }: { $why }
arrow-too-long = the names of the bodies are longer than 2 GiB together; split the batch
arrow-library = { $why }
