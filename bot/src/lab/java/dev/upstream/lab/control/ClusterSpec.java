package dev.upstream.lab.control;

/**
 * Where one cluster of the lab lives: every port and range follows from its ordinal, so that
 * several fit side by side.
 */
public record ClusterSpec(String name, int ordinal) {
  /** The one cluster of a lab that a person looks at. */
  public static final ClusterSpec LAB = new ClusterSpec("lab", 0);

  public static final ClusterSpec EAST = new ClusterSpec("east", 0);
  public static final ClusterSpec WEST = new ClusterSpec("west", 1);

  /** The port that a part usually has, moved by a thousand for each further cluster. */
  public int port(int usual) {
    return usual + 1000 * ordinal;
  }

  public String podRange() {
    return "10." + (244 + ordinal) + ".0.0/16";
  }

  public String podAddress(int number) {
    return "10." + (244 + ordinal) + "." + number / 250 + "." + (number % 250 + 2);
  }

  public String serviceRange() {
    return "10." + (96 + ordinal) + ".0.0/16";
  }

  public String firstServiceAddress() {
    return "10." + (96 + ordinal) + ".0.1";
  }

  public String nodeAddress(int number) {
    return "172.18." + ordinal + "." + (number + 2);
  }

  public String loadBalancerAddress(int number) {
    return "172.18." + (255 - ordinal) + "." + (200 + number);
  }

  public String server() {
    return "https://127.0.0.1:" + port(6443);
  }
}
