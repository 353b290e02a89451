package other;

import other.rest.Path;

/** An annotation of the same name that has nothing to do with a wire. */
@Path("/a")
class Own {}
