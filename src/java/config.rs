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
    /// Those whose value is not null: `JsonInclude.Include.NON_NULL`. A mapper that has it leaves out the null values of
    /// maps too; an annotation on a class does not.
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

/// How fine dates are that are written as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timestamps {
    /// Seconds with nine digits, nanoseconds in arrays: Jackson's default, `WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS` on.
    Nanos,
    /// Milliseconds: the same off.
    Millis,
}

/// In which order properties are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOrder {
    /// In that of the class's table: Jackson's default.
    Declared,
    /// By their names on the wire, those of `@JsonProperty` among them: `MapperFeature.SORT_PROPERTIES_ALPHABETICALLY`.
    /// Texts are compared as `String.compareTo` does; the entries of a map are not sorted by it.
    Sorted,
}

/// Where white space stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No white space at all.
    Compact,
    /// `INDENT_OUTPUT` with Jackson's `DefaultPrettyPrinter`: two spaces a level, a space on both sides of the
    /// colon, lists inline.
    Indented,
    /// The same printer `withoutSpacesInObjectEntries()`: no space around the colon.
    IndentedNoSpaces,
}

/// What ends a line of an indented payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnds {
    /// A line feed: Jackson on every other system.
    Lf,
    /// Carriage return and line feed: the `line.separator` of a JVM on Windows.
    CrLf,
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
    /// How fine dates are that are written as numbers.
    pub timestamps: Timestamps,
    /// In which order properties are written.
    pub order: KeyOrder,
    /// What ends a line, where the layout has lines.
    pub line_ends: LineEnds,
    /// Whether every number is read as a double, as JavaScript does: a whole number beyond 2^53 becomes another.
    pub doubles: bool,
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
        timestamps: Timestamps::Nanos,
        order: KeyOrder::Declared,
        line_ends: LineEnds::Lf,
        doubles: false,
    };

    /// What messages call its white space.
    pub fn layout_name(&self) -> &'static str {
        match (self.layout, self.line_ends) {
            (Layout::Compact, _) => "compact",
            (Layout::Indented, LineEnds::Lf) => "indented by Jackson (`\"key\" : value`)",
            (Layout::Indented, LineEnds::CrLf) => "indented by Jackson (`\"key\" : value`) with CR LF",
            (Layout::IndentedNoSpaces, LineEnds::Lf) => "indented by Jackson without spaces (`\"key\":value`)",
            (Layout::IndentedNoSpaces, LineEnds::CrLf) => {
                "indented by Jackson without spaces (`\"key\":value`) with CR LF"
            }
        }
    }
}
