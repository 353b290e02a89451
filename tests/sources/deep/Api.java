import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Level20 parcel() {
    return null;
  }
}

class Level0 {
  public String first;
}

class Level1 extends Level0 {}

class Level2 extends Level1 {}

class Level3 extends Level2 {}

class Level4 extends Level3 {}

class Level5 extends Level4 {}

class Level6 extends Level5 {}

class Level7 extends Level6 {}

class Level8 extends Level7 {}

class Level9 extends Level8 {}

class Level10 extends Level9 {}

class Level11 extends Level10 {}

class Level12 extends Level11 {}

class Level13 extends Level12 {}

class Level14 extends Level13 {}

class Level15 extends Level14 {}

class Level16 extends Level15 {}

class Level17 extends Level16 {}

class Level18 extends Level17 {}

class Level19 extends Level18 {}

class Level20 extends Level19 {}
