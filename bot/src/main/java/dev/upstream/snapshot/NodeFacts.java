package dev.upstream.snapshot;

import dev.upstream.snapshot.NodeView.Socket;
import dev.upstream.snapshot.NodeView.Tracked;
import dev.upstream.snapshot.NodeView.VirtualServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tools of a node print (sysctl, ss -nat, conntrack -L, ipvsadm -Ln, kube-proxy's
 * /proxyMode), as files by name; lines in other forms are skipped.
 */
public final class NodeFacts {
  public static final String SYSCTL = "sysctl.txt";
  public static final String SOCKETS = "ss.txt";
  public static final String CONNTRACK = "conntrack.txt";
  public static final String IPVS = "ipvsadm.txt";
  public static final String MODE = "kube-proxy-mode.txt";
  public static final Set<String> FILES = Set.of(SYSCTL, SOCKETS, CONNTRACK, IPVS, MODE);

  private static final int LONGEST = 1_024;

  /** Fast-open keys and stable secrets of addresses are network sysctls too, and secret. */
  private static final Pattern SETTING =
      Pattern.compile("(net\\.(?!\\S*(?:key|secret))[A-Za-z0-9_./-]+)\\s*=\\s*(.*)");

  private static final Pattern SOCKET =
      Pattern.compile(
          "([A-Z][A-Z0-9-]+)\\s+\\d+\\s+\\d+\\s+(\\S+):(\\d+|\\*)\\s+(\\S+):(\\d+|\\*)");
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:ipv[46]\\s+\\d+\\s+)?tcp\\s+6\\s+(?:\\d+\\s+)?([A-Z_]+)\\s+src=(\\S+)\\s+dst=(\\S+)"
              + "\\s+sport=(\\d+)\\s+dport=(\\d+)");
  private static final Pattern SERVER = Pattern.compile("(TCP|UDP|SCTP)\\s+(\\S+):(\\d+)");
  private static final Pattern WORD = Pattern.compile("[a-z]{1,20}");

  private NodeFacts() {}

  /** Reads a node's files; a file that is not there was not read on the node. */
  public static NodeView read(String node, Map<String, String> files) {
    Map<String, String> sysctls = new TreeMap<>();
    lines(files, SYSCTL, SETTING, NodeFacts::setting)
        .orElse(List.of())
        .forEach(s -> sysctls.putIfAbsent(s.getKey(), s.getValue()));
    return new NodeView(
        node,
        sysctls,
        lines(files, SOCKETS, SOCKET, NodeFacts::socket),
        lines(files, CONNTRACK, ENTRY, NodeFacts::tracked),
        lines(files, IPVS, SERVER, NodeFacts::server),
        Optional.ofNullable(files.get(MODE))
            .map(String::strip)
            .filter(m -> WORD.matcher(m).matches()));
  }

  private static <T> Optional<List<T>> lines(
      Map<String, String> files, String file, Pattern pattern, Function<Matcher, T> take) {
    return Optional.ofNullable(files.get(file))
        .map(
            text -> {
              List<T> found = new ArrayList<>();
              text.lines()
                  .map(String::strip)
                  .filter(l -> l.length() <= LONGEST)
                  .map(pattern::matcher)
                  .filter(Matcher::lookingAt)
                  .forEach(m -> found.add(take.apply(m)));
              return found;
            });
  }

  private static Map.Entry<String, String> setting(Matcher m) {
    return Map.entry(m.group(1), m.group(2).strip().replaceAll("\\s+", " "));
  }

  private static Socket socket(Matcher m) {
    return new Socket(
        m.group(1), address(m.group(2)), port(m.group(3)), address(m.group(4)), port(m.group(5)));
  }

  private static Tracked tracked(Matcher m) {
    return new Tracked(
        m.group(1), address(m.group(2)), address(m.group(3)), port(m.group(4)), port(m.group(5)));
  }

  private static VirtualServer server(Matcher m) {
    return new VirtualServer(m.group(1), address(m.group(2)), port(m.group(3)));
  }

  /** The bare address: no brackets, no interface, no IPv4 dressed as IPv6. */
  private static String address(String printed) {
    String bare = printed.replaceAll("[\\[\\]]", "").replaceAll("%.*$", "");
    return bare.startsWith("::ffff:") && bare.contains(".") ? bare.substring(7) : bare;
  }

  private static int port(String printed) {
    return printed.equals("*") || printed.length() > 5 ? 0 : Integer.parseInt(printed);
  }

  /** The same files again; only those parts that were read. */
  public static SortedMap<String, String> print(NodeView node) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(
        SYSCTL,
        text(new TreeMap<>(node.sysctls()).entrySet(), s -> s.getKey() + " = " + s.getValue()));
    node.sockets().ifPresent(all -> files.put(SOCKETS, text(all, NodeFacts::socketLine)));
    node.conntrack().ifPresent(all -> files.put(CONNTRACK, text(all, NodeFacts::trackedLine)));
    node.ipvs()
        .ifPresent(
            all ->
                files.put(
                    IPVS, text(all, v -> v.protocol() + "  " + printed(v.address(), v.port()))));
    node.kubeProxyMode().ifPresent(mode -> files.put(MODE, mode + "\n"));
    return files;
  }

  private static <T> String text(Iterable<T> all, Function<T, String> line) {
    StringBuilder text = new StringBuilder();
    all.forEach(one -> text.append(line.apply(one)).append('\n'));
    return text.toString();
  }

  private static String socketLine(Socket s) {
    return s.state()
        + " 0 0 "
        + printed(s.localAddress(), s.localPort())
        + " "
        + printed(s.peerAddress(), s.peerPort());
  }

  private static String trackedLine(Tracked t) {
    return "tcp      6 0 "
        + t.state()
        + " src="
        + t.source()
        + " dst="
        + t.destination()
        + " sport="
        + t.sourcePort()
        + " dport="
        + t.destinationPort();
  }

  private static String printed(String address, int port) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + (port == 0 ? "*" : port);
  }

  /**
   * Cuts addresses of clients: what belongs to no pod, node or Service of the snapshot becomes a
   * dash (RULES.md R17).
   */
  public static NodeView withoutStrangers(NodeView node, Objects objects) {
    Set<String> known = objects.addresses();
    Set<String> own = Set.of("*", "0.0.0.0", "::", "127.0.0.1", "::1", "-");
    Function<String, String> shown = a -> own.contains(a) || known.contains(a) ? a : "-";
    return new NodeView(
        node.name(),
        node.sysctls(),
        node.sockets()
            .map(
                all ->
                    all.stream()
                        .map(
                            s ->
                                new Socket(
                                    s.state(),
                                    shown.apply(s.localAddress()),
                                    s.localPort(),
                                    shown.apply(s.peerAddress()),
                                    s.peerPort()))
                        .toList()),
        node.conntrack()
            .map(
                all ->
                    all.stream()
                        .map(
                            t ->
                                new Tracked(
                                    t.state(),
                                    shown.apply(t.source()),
                                    shown.apply(t.destination()),
                                    t.sourcePort(),
                                    t.destinationPort()))
                        .toList()),
        node.ipvs(),
        node.kubeProxyMode());
  }
}
