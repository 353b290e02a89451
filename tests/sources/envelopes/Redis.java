import org.springframework.data.redis.core.RedisTemplate;

class Redis {
  RedisTemplate<String, Object> template;

  void keep(Kept kept, Told told) {
    template.opsForValue().set("kept", kept);
    template.convertAndSend("told", told);
  }
}

record Kept(String a) {}

record Told(String a) {}

class Typed {
  RedisTemplate<String, Cached> cache;
}

record Cached(String a) {}
