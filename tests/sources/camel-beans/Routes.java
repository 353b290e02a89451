import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.rest.RestBindingMode;
import org.springframework.stereotype.Component;

class Routes extends RouteBuilder {
  private final Shelf shelf = new Shelf();

  public void configure() {
    restConfiguration().bindingMode(RestBindingMode.json);
    rest("/a").get("/ended").to("direct:a");
    from("direct:a").to("direct:b");
    // An answer to a request, two routes on.
    from("direct:b").bean(Ending.class);
    // Nobody asks for this one, and it writes nothing.
    from("timer:c").bean(Kept.class);
    from("direct:d").bean(Shelf.class, "plant").marshal().json();
    from("direct:e").bean(new Shelf(), "rock(${body})").marshal().json();
    from("direct:f").bean(shelf, "cloud").marshal().json();
    from("direct:g").transform().method(Shelf.class, "river").marshal().json();
    from("direct:h").transform(method("labelled", "moss")).marshal().json();
    from("direct:i").to("bean:shelf?method=sand").marshal().json();
    from("direct:j").unmarshal().json(Taken.class).bean(Fitting.class).marshal().json();
    from("direct:k").transform().body(Taken.class, it -> shelf.plain(it)).marshal().json();
    from("direct:l").choice().when(body()).bean(Left.class).otherwise().bean(Right.class).end().marshal().json();
    // The first of two is not written.
    from("direct:m").bean(Kept.class).bean(Shelf.class, "text").marshal().json();
    // Two that fit, and one that gives anything.
    from("direct:n").bean(Unclear.class).marshal().json();
    from("direct:o").bean(Anything.class).marshal().json();
    // What gives nothing leaves the body alone.
    from("direct:p").bean(Silent.class).marshal().json();
    from("direct:q").transform(simple("x")).marshal().json();
  }
}

@Component
class Shelf {
  public Plant plant() { return null; }
  public Rock rock(String text) { return null; }
  public Cloud cloud() { return null; }
  public River river() { return null; }
  public Sand sand() { return null; }
  public Plain plain(Taken taken) { return null; }
  public String text() { return ""; }
}

@Component("labelled")
class Labelled {
  public Moss moss() { return null; }
  public void other() {}
}

class Ending {
  public Ended end(String text) { return helper(); }
  private Ended helper() { return null; }
}

class Kept { public Stored keep() { return null; } }

class Fitting {
  public Fitted fit(Taken taken) { return null; }
  public Stored fit(Stored stored) { return null; }
}

class Left { public Port port() { return null; } }

class Right { public Starboard starboard() { return null; } }

class Unclear {
  public Stored one(String text) { return null; }
  public Stored other(String text) { return null; }
}

class Anything { public Object any() { return null; } }

class Silent { public void run(Exchange exchange) {} }

record Taken(String a) {}
record Ended(String a) {}
record Stored(String a) {}
record Plant(String a) {}
record Rock(String a) {}
record Cloud(String a) {}
record River(String a) {}
record Moss(String a) {}
record Sand(String a) {}
record Plain(String a) {}
record Fitted(String a) {}
record Port(String a) {}
record Starboard(String a) {}
