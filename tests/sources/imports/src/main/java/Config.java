import org.springframework.context.annotation.PropertySource;

@PropertySource({"classpath:low.properties", "classpath:missing.properties"})
class Config {}
