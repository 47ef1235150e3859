(item (block) @fold)
