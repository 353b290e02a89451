//! The mapper configurations of the services, by the names that the captures use.

use crate::java::config::{Dates, Escape, Include, KeyOrder, Layout, LineEnds, MapperConfig, Naming, Unknown};

/// The explicit `ObjectMapper` bean: recommendation over HTTP until 095cd64 (2023-12-08), core over HTTP.
pub const EXPLICIT_BEAN: MapperConfig = MapperConfig {
    name: "explicit_bean",
    summary: "explicit bean: dates as text, compact; recommendation over HTTP until 2023-12-08, core, the gateway",
    ..MapperConfig::ISO
};

/// What Spring Boot configures by itself: concerns over HTTP.
pub const BOOT_AUTO: MapperConfig = MapperConfig {
    name: "boot_auto",
    summary: "Spring Boot's own: dates as text, compact, unknown keys ignored; concerns over HTTP",
    unknown: Unknown::Ignore,
    ..MapperConfig::ISO
};

/// Spring Boot's with `indent_output: true`: recommendation since 095cd64, connection over HTTP.
pub const BOOT_AUTO_INDENT: MapperConfig = MapperConfig {
    name: "boot_auto_indent",
    summary: "Spring Boot's with indent_output: true; recommendation over HTTP and Rabbit since 2023-12-08, connection over HTTP",
    layout: Layout::Indented,
    ..BOOT_AUTO
};

/// The same without null properties; no service is known to use it.
pub const BOOT_AUTO_INDENT_NON_NULL: MapperConfig = MapperConfig {
    name: "boot_auto_indent_non_null",
    summary: "boot_auto_indent without null properties",
    include: Include::NonNull,
    ..BOOT_AUTO_INDENT
};

/// `new ObjectMapper().findAndRegisterModules()`: Rabbit in connection, core and integration.
pub const FIND_MODULES: MapperConfig = MapperConfig {
    name: "find_modules",
    summary: "findAndRegisterModules(): dates as arrays, compact, unknown keys refused; Rabbit in connection and integration",
    dates: Dates::Arrays,
    ..MapperConfig::ISO
};

/// The same with `INDENT_OUTPUT`.
pub const FIND_MODULES_INDENT: MapperConfig = MapperConfig {
    name: "find_modules_indent",
    summary: "find_modules with INDENT_OUTPUT",
    layout: Layout::Indented,
    ..FIND_MODULES
};

/// `new ObjectMapper()`: recommendation's SQS messages until 095cd64 (inferred from that commit's message).
pub const PLAIN: MapperConfig = MapperConfig {
    name: "plain",
    summary: "new ObjectMapper() without JavaTimeModule: cannot write a date; recommendation's SQS until 2023-12-08",
    dates: Dates::Unsupported,
    ..MapperConfig::ISO
};

/// `explicit_bean` with `ESCAPE_NON_ASCII`.
pub const ESCAPE_NON_ASCII: MapperConfig = MapperConfig {
    name: "escape_non_ascii",
    summary: "explicit_bean with ESCAPE_NON_ASCII",
    escape: Escape::NonAscii,
    ..EXPLICIT_BEAN
};

/// `explicit_bean` with `PropertyNamingStrategies.SNAKE_CASE`.
pub const SNAKE_CASE: MapperConfig = MapperConfig {
    name: "snake_case",
    summary: "explicit_bean with PropertyNamingStrategies.SNAKE_CASE",
    naming: Naming::Snake,
    ..EXPLICIT_BEAN
};

/// `explicit_bean` with `setSerializationInclusion(NON_NULL)`; no service is known to use it.
pub const NON_NULL: MapperConfig = MapperConfig {
    name: "non_null",
    summary: "explicit_bean without null properties",
    include: Include::NonNull,
    ..EXPLICIT_BEAN
};

/// `explicit_bean` with `SORT_PROPERTIES_ALPHABETICALLY`; no service is known to use it.
pub const SORTED: MapperConfig = MapperConfig {
    name: "sorted",
    summary: "explicit_bean with SORT_PROPERTIES_ALPHABETICALLY",
    order: KeyOrder::Sorted,
    ..EXPLICIT_BEAN
};

/// `boot_auto_indent` with `withoutSpacesInObjectEntries()`; no service is known to use it.
pub const INDENT_NO_SPACES: MapperConfig = MapperConfig {
    name: "indent_no_spaces",
    summary: "boot_auto_indent without spaces around the colon",
    layout: Layout::IndentedNoSpaces,
    ..BOOT_AUTO_INDENT
};

/// `boot_auto_indent` on a JVM on Windows: how a golden from a developer's machine looks.
pub const INDENT_CR_LF: MapperConfig = MapperConfig {
    name: "indent_cr_lf",
    summary: "boot_auto_indent on a Windows host: lines end with CR LF",
    line_ends: LineEnds::CrLf,
    ..BOOT_AUTO_INDENT
};

/// `JSON.parse` and `JSON.stringify`: takes every key, writes compact with no escape that JSON does not ask for.
pub const BROWSER: MapperConfig = MapperConfig {
    name: "browser",
    summary: "JSON.parse and JSON.stringify in the UI",
    unknown: Unknown::Ignore,
    doubles: true,
    escape: Escape::Text,
    ..MapperConfig::ISO
};

/// Every configuration.
pub const CONFIGS: &[MapperConfig] = &[
    EXPLICIT_BEAN,
    BOOT_AUTO,
    BOOT_AUTO_INDENT,
    BOOT_AUTO_INDENT_NON_NULL,
    FIND_MODULES,
    FIND_MODULES_INDENT,
    PLAIN,
    ESCAPE_NON_ASCII,
    SNAKE_CASE,
    NON_NULL,
    SORTED,
    INDENT_NO_SPACES,
    INDENT_CR_LF,
    BROWSER,
];
