; Names count in the whole pack; a file is the scope that one tree can know.
(source_file) @local.scope

(item name: (name) @local.definition)

(clause (name) @local.reference)
