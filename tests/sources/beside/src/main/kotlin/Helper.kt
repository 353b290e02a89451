fun helper() = 1
