data class Crate(val label: String)
