//! An incident, replayed as a git history in two services: what was red on which day, and what was harmless.
//!
//! A line of YAML does nothing, since a bean hides it. A date is added. The bean goes, and the test that failed with it.
//! The gateway's regular expression no longer fits, and becomes a class with ten of sixteen fields.

use std::path::Path;

use pretty_assertions::assert_eq;
use tempfile::TempDir;

use crate::binary::{folder, write};
use crate::diff::{commit, diff};
use crate::sources::git;

const API: &str = "src/main/java/shop/Api.java";
const BOX: &str = "src/main/java/shop/dto/BoxDto.java";
const CONFIG: &str = "src/main/java/shop/Config.java";
const YML: &str = "src/main/resources/application.yml";
const TEST: &str = "src/test/java/shop/BoxJsonTest.java";

/// The first revision of the service that has the boxes.
fn shop() -> TempDir {
    let root = folder();
    let file = |path: &str, text: &str| write(root.path(), path, text);
    file(API, API_TEXT);
    file(BOX, &box_dto(""));
    file(
        "src/main/java/shop/dto/BoxesDto.java",
        "package shop.dto;\n\nimport java.util.List;\nimport lombok.*;\n\n@Data\n@Builder\npublic class BoxesDto {\n  private int count;\n  private List<BoxDto> boxes;\n}\n",
    );
    file(CONFIG, &config(BEAN));
    file(
        "src/main/java/shop/Messages.java",
        "package shop;\n\nimport org.springframework.amqp.rabbit.core.RabbitTemplate;\nimport shop.dto.BoxDto;\n\nclass Messages {\n  private RabbitTemplate rabbit;\n\n  void moved(BoxDto box) {\n    rabbit.convertAndSend(\"moved\", box);\n  }\n}\n",
    );
    file(YML, "spring:\n  application:\n    name: shop\n");
    file(
        TEST,
        "package shop;\n\nimport static org.assertj.core.api.Assertions.assertThat;\n\nclass BoxJsonTest {\n  void text() throws Exception {\n    assertThat(new Config().mapper().writeValueAsString(new BoxDto())).isEqualTo(\"{\\\"f1\\\":null,\"\n        + \"\\\"f2\\\":null}\");\n  }\n}\n",
    );
    git(root.path(), &["init", "-q"]);
    commit(root.path(), "the shop");
    root
}

const API_TEXT: &str = "package shop;\n\nimport org.springframework.web.bind.annotation.*;\nimport shop.dto.BoxesDto;\n\n@RestController\nclass Api {\n  @GetMapping(\"/boxes\")\n  BoxesDto boxes() {\n    return find();\n  }\n\n  private BoxesDto find() {\n    return null;\n  }\n}\n";

fn box_dto(more: &str) -> String {
    let fields: String = (1..=16).map(|number| format!("  private String f{number};\n")).collect();
    format!(
        "package shop.dto;\n\nimport java.time.*;\nimport lombok.*;\n\n@Data\n@Builder\npublic class BoxDto {{\n{fields}{more}}}\n"
    )
}

const BEAN: &str = "  @Bean\n  ObjectMapper mapper() {\n    return new ObjectMapper().registerModule(new JavaTimeModule())\n        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);\n  }\n\n";

fn config(bean: &str) -> String {
    format!(
        "package shop;\n\nimport com.fasterxml.jackson.databind.*;\nimport com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;\nimport org.springframework.amqp.support.converter.*;\nimport org.springframework.context.annotation.*;\n\n@Configuration\nclass Config {{\n{bean}  @Bean\n  MessageConverter converter() {{\n    return new Jackson2JsonMessageConverter(new ObjectMapper());\n  }}\n}}\n"
    )
}

/// Commits what stands there and compares it with what stood there before: the code, and `severity rule` of each finding.
fn step(root: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    commit(root, "a change");
    let shown = diff(root, &[&["HEAD~1", "--format", "json"], arguments].concat());
    assert_eq!(shown.stderr, "");
    let json = shown.json();
    let findings = json["findings"].as_array().unwrap();
    let mut told: Vec<String> = findings
        .iter()
        .map(|it| format!("{} {}", it["severity"].as_str().unwrap(), it["rule"].as_str().unwrap()))
        .collect();
    told.sort();
    (shown.code, told)
}

#[test]
fn the_incident_is_red_on_its_days() {
    let shop = shop();
    let root = shop.path();
    // A property, written while a bean hides it: nothing changes on the wire, and somebody is told.
    write(
        root,
        YML,
        "spring:\n  application:\n    name: shop\n  jackson:\n    serialization:\n      indent_output: true\n",
    );
    assert_eq!(step(root, &[]), (0, vec!["warning shadowed-setting".to_owned()]));

    // A date: the mapper of the messages cannot write it.
    let dated = box_dto("  private LocalDateTime updated;\n");
    write(root, BOX, &dated);
    assert_eq!(step(root, &[]), (1, vec!["error key-added".to_owned()]));

    // The mend removes the bean, and the test that fails without it.
    write(
        root,
        CONFIG,
        config("").replace("converter() {", "converter(ObjectMapper mapper) {").replace("new ObjectMapper()", "mapper"),
    );
    std::fs::remove_file(root.join(TEST)).unwrap();
    let (code, told) = step(root, &[]);
    assert_eq!(code, 1);
    assert_eq!(told, ["error json-guard-removed", "error mapper-changed", "error mapper-swapped"]);
    let shown = diff(root, &["HEAD~1"]).stdout;
    for part in [
        "the mapper bean at src/main/java/shop/Config.java:11:16 is gone: from now on the settings hold, the",
        "src/main/resources/application.yml:6:7",
        "BoxJsonTest.java compared a mapper's text with JSON and is deleted",
    ] {
        assert!(shown.replace("\n  |           ", " ").contains(part), "{part:?} in\n{shown}");
    }
    let json = diff(root, &["HEAD~1", "--format", "json"]).json();
    let swapped =
        json["findings"].as_array().unwrap().iter().find(|it| it["rule"] == "mapper-swapped").unwrap().clone();
    let (before, after) = (swapped["before"].as_str().unwrap(), swapped["after"].as_str().unwrap());
    assert!(!before.contains('\n') && after.starts_with("{\n  \""), "{before} {after}");
}

#[test]
fn the_mapper_in_front_is_told_too() {
    let (shop, gateway) = (shop(), folder());
    let root = gateway.path();
    let routes = |more: &str| {
        let text = format!(
            "import org.apache.camel.builder.RouteBuilder;\nimport org.apache.camel.model.dataformat.JsonLibrary;\n\nclass Routes extends RouteBuilder {{\n  public void configure() {{\n    from(\"direct:boxes\").to(\"http://shop/boxes\"){more};\n  }}\n}}\n"
        );
        write(root, "src/main/java/Routes.java", text);
    };
    routes("");
    git(root, &["init", "-q"]);
    commit(root, "the gateway");
    // A key is renamed in the text.
    routes("\n        .setBody(body().regexReplaceAll(\"\\\"boxes\\\"\\\\s?:\", \"\\\"parcels\\\":\"))");
    assert_eq!(step(root, &[]), (0, vec!["warning json-surgery".to_owned()]));
    // The text is read by a class, with ten of sixteen fields.
    let fields = |count: usize| (1..=count).map(|it| format!("String f{it}")).collect::<Vec<_>>().join(", ");
    let dto = |count| write(root, "src/main/java/BoxDto.java", format!("record BoxDto({}) {{}}\n", fields(count)));
    write(
        root,
        "src/main/java/BoxesDto.java",
        "import java.util.List;\n\nrecord BoxesDto(int count, List<BoxDto> boxes) {}\n",
    );
    dto(10);
    routes("\n        .unmarshal().json(JsonLibrary.Jackson, BoxesDto.class)");
    let partner = format!("shop={}", shop.path().display());
    let (code, told) = step(root, &["--repo", &partner]);
    assert_eq!((code, told), (1, vec!["error newly-bound-class".to_owned(), "note newly-bound-class".to_owned()]));
    let shown = diff(root, &["HEAD~1", "--repo", &partner]).stdout;
    for key in ["f11", "f16"] {
        assert!(shown.contains(key), "{shown}");
    }
    // Without the other service nobody can know; it is a warning.
    assert_eq!(diff(root, &["HEAD~1"]).code, 0);
    assert_eq!(diff(root, &["HEAD~1", "--fail-on", "warning"]).code, 1);
    // The mend adds them.
    dto(16);
    assert_eq!(step(root, &["--repo", &partner]), (0, vec!["note key-added".to_owned(); 6]));
}

#[test]
fn what_is_harmless_is_green_and_silent() {
    let shop = shop();
    let root = shop.path();
    let nothing = || (0, Vec::<String>::new());
    let silent = |what: &str| assert_eq!(step(root, &[]), nothing(), "{what}");

    write(root, BOX, box_dto("").replace("  private", "    private").replace("@Data\n", "@Data // of Lombok\n"));
    silent("formatting and a comment");
    write(
        root,
        API,
        API_TEXT.replace(
            "  private BoxesDto find",
            "  static String pad(String text) {\n    return \"{\" + text + \"}\";\n  }\n\n  private BoxesDto find",
        ),
    );
    silent("a helper");
    write(root, API, API_TEXT.replace("find()", "search()"));
    silent("a private method with another name");
    std::fs::remove_file(root.join(BOX)).unwrap();
    write(
        root,
        "src/main/java/shop/dto/boxes/BoxDto.java",
        box_dto("").replace("package shop.dto", "package shop.dto.boxes"),
    );
    let boxes = "src/main/java/shop/dto/BoxesDto.java";
    let text = std::fs::read_to_string(root.join(boxes)).unwrap();
    write(root, boxes, text.replace("import java.util", "import shop.dto.boxes.BoxDto;\nimport java.util"));
    let messages = "src/main/java/shop/Messages.java";
    let text = std::fs::read_to_string(root.join(messages)).unwrap();
    write(root, messages, text.replace("shop.dto.BoxDto", "shop.dto.boxes.BoxDto"));
    silent("a moved file");
    write(root, TEST, std::fs::read_to_string(root.join(TEST)).unwrap().replace("void text", "void isText"));
    write(root, "src/test/resources/application.yml", "spring.jackson.serialization.indent_output: true\n");
    silent("tests alone");
    write(root, CONFIG, config(BEAN).replace("ObjectMapper mapper()", "ObjectMapper objectMapper()"));
    silent("a bean with another name");
    let endpoint = "  @GetMapping(\"/lids\")\n  LidDto lid() {\n    return null;\n  }\n\n  private";
    write(
        root,
        API,
        API_TEXT.replace("  private", endpoint).replace("import shop.dto.BoxesDto;", "import shop.dto.*;"),
    );
    write(root, "src/main/java/shop/dto/LidDto.java", "package shop.dto;\n\npublic record LidDto(String id) {}\n");
    assert_eq!(step(root, &[]), (0, vec!["note newly-bound-class".to_owned()]), "a new endpoint");
}
