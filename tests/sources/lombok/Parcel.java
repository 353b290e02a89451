import lombok.*;

@Data
@Builder
@NoArgsConstructor
@AllArgsConstructor
class Parcel {
  private static final long serialVersionUID = 1L;
  private String sender;
  private final int weight = 1;
  private boolean isOpen;
  @Getter(AccessLevel.NONE)
  private String note;
  @Getter(AccessLevel.NONE)
  @Setter(AccessLevel.NONE)
  private String hidden;
}
