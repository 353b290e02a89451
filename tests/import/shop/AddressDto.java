package shop;

import java.util.List;

public record AddressDto(String street, AddressDto next, List<AddressDto> others) {}
