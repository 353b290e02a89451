// As much of Apache Camel 3 as the README's ProbeMain needs, so that a test can compile and run it.
package org.apache.camel.impl;

public class DefaultCamelContext implements org.apache.camel.CamelContext {}
