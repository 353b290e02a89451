//! What a service's `ObjectMapper` is configured to do.

/// How dates and times without a pattern of their own are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// ISO text: `JavaTimeModule` with `WRITE_DATES_AS_TIMESTAMPS` off.
    Text,
    /// Arrays of numbers: `JavaTimeModule` with Jackson's defaults, `WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS` on.
    Arrays,
    /// No `JavaTimeModule`: a date that is not null cannot be written (Jackson 2.12 and later).
    Unsupported,
}

/// What a reader does with a key that the class does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Drop it: Spring Boot's mapper, or `@JsonIgnoreProperties(ignoreUnknown = true)` on the class.
    Ignore,
    /// Fail: Jackson's default, `FAIL_ON_UNKNOWN_PROPERTIES` on.
    Refuse,
}

/// Which properties are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// All of them, nulls included: Jackson's default.
    Always,
    /// Those whose value is not null: `JsonInclude.Include.NON_NULL`.
    NonNull,
}

/// How a Java field name becomes a JSON key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// As it is: Jackson's default.
    Field,
    /// `PropertyNamingStrategies.SNAKE_CASE`.
    Snake,
}

/// Which characters of a text are written as escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// What `writeValueAsBytes` does, and so an HTTP response: control characters, `"`, `\`, and characters
    /// beyond U+FFFF as two escapes in capital hexadecimal digits.
    Bytes,
    /// What `writeValueAsString` does: the same, but characters beyond U+FFFF stay raw.
    Text,
    /// `JsonWriteFeature.ESCAPE_NON_ASCII`: everything beyond U+007F.
    NonAscii,
}

/// Where white space stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No white space at all.
    Compact,
    /// `INDENT_OUTPUT` with Jackson's `DefaultPrettyPrinter`: two blanks a level, a blank on both sides of the
    /// colon, lists inline.
    Indented,
}

/// One `ObjectMapper`: the facts of it that reach the wire.
///
/// The names are those of the captures: `explicit_bean`, `boot_auto_indent`, `find_modules` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapperConfig {
    /// The name after the `@` of a wire, such as `boot_auto_indent`.
    pub name: &'static str,
    /// One line: what it is and where it is in use.
    pub summary: &'static str,
    /// How dates are written.
    pub dates: Dates,
    /// What happens to unknown keys, unless the class says otherwise.
    pub unknown: Unknown,
    /// Which properties are written.
    pub include: Include,
    /// How fields become keys, in both directions.
    pub naming: Naming,
    /// Which characters are written as escapes.
    pub escape: Escape,
    /// Where white space stands.
    pub layout: Layout,
}

impl MapperConfig {
    /// `new ObjectMapper()` with `JavaTimeModule` and `WRITE_DATES_AS_TIMESTAMPS` off: the base of the others.
    pub const ISO: MapperConfig = MapperConfig {
        name: "iso",
        summary: "JavaTimeModule, dates as text, compact",
        dates: Dates::Text,
        unknown: Unknown::Refuse,
        include: Include::Always,
        naming: Naming::Field,
        escape: Escape::Bytes,
        layout: Layout::Compact,
    };
}
