import jakarta.ws.rs.*;
import org.springframework.data.rest.core.annotation.RepositoryRestResource;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.reactive.function.server.RouterFunction;

@Path("/parcels")
class Resource {
  @GET
  Parcel parcel() {
    return null;
  }
}

@RepositoryRestResource
interface Parcels {}

@Controller
class Graph {
  @QueryMapping
  Parcel parcel() {
    return null;
  }
}

class Routes {
  RouterFunction<Object> parcels() {
    return null;
  }
}

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return null;
  }
}

record Parcel(String id) {}
