// As much of Apache Camel 3 as the README's ProbeMain needs, so that a test can compile and run it.
package org.apache.camel.support;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

public class DefaultExchange implements Exchange {
  private final Message message =
      new Message() {
        private Object body;

        @Override
        public void setBody(Object body) {
          this.body = body;
        }

        @Override
        public <T> T getBody(Class<T> type) {
          return type.cast(body);
        }
      };

  public DefaultExchange(CamelContext context) {}

  @Override
  public Message getIn() {
    return message;
  }

  @Override
  public Message getMessage() {
    return message;
  }
}
