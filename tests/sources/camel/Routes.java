import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

class Routes extends RouteBuilder {
  public void configure() {
    onException(Broken.class);
    rest("/a").post().type(Posted.class).outType(Answered.class).to("direct:a");
    from("direct:a").unmarshal().json(JsonLibrary.Jackson, Read.class).marshal().json(JsonLibrary.Jackson);
    from("direct:b").convertBodyTo(Converted.class);
  }

  void process(Exchange exchange, com.fasterxml.jackson.databind.ObjectMapper mapper) {
    var body = exchange.getIn().getBody(Body.class);
    var merged = mapper.convertValue(body, Merged.class);
    exchange.getMessage().setBody(new Set("x"));
    Broken broken = exchange.getProperty("x", Broken.class);
  }
}

record Posted(String a) {}

record Answered(String a) {}

record Read(String a) {}

record Converted(String a) {}

record Body(String a) {}

record Merged(String a) {}

record Set(String a) {}

class Broken extends RuntimeException {}
