package dev.upstream.diagnosis;

/** What a finding is in the chain from cause to what the client sees, in the order of R13. */
public enum Role {
  ROOT_CAUSE("root-cause"),
  CONTRIBUTING("contributing"),
  SYMPTOM("symptom"),
  RISK("risk"),
  ADVISORY("advisory");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
