// The processor of the README's ProbeMain: the expression of 2023-12-29, as a Camel route would have it.
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

class RecommendationInfoProcessor implements Processor {
  @Override
  public void process(Exchange exchange) {
    String body = exchange.getIn().getBody(String.class);
    exchange.getMessage().setBody(body.replaceAll("\"traineeInfo\"\\s?:", "\"recommendationInfo\" :"));
  }
}
