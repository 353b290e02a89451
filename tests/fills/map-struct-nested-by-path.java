// = Members.toDto(Member) 0: address id
import lombok.*;
import org.mapstruct.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  private Members members;

  @GetMapping("/member")
  MemberDto member(Member member) {
    return members.toDto(member);
  }
}

@Mapper
interface Members {
  @Mapping(target = "address.zip", source = "address.street")
  MemberDto toDto(Member member);
}

@Data
class Member {
  private String id;
  private Address address;
}

@Data
class Address {
  private String street;
  private Town town;
}

@Data
class Town {
  private String name;
}

@Data
class MemberDto {
  private String id;
  private AddressDto address;
}

@Data
class AddressDto {
  private String street;
  private String zip;
  private TownDto town;
}

@Data
class TownDto {
  private String name;
}
