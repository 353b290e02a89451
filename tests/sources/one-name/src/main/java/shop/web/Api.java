package shop.web;

import org.springframework.web.bind.annotation.*;
import shop.old.Parcel;

@RestController
class Api {
  @GetMapping
  Parcel parcel() {
    return null;
  }

  @PostMapping
  void add(@RequestBody shop.fresh.Parcel parcel) {}
}
