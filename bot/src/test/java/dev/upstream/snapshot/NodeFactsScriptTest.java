package dev.upstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of config/node-facts.yml, run over files as the kernel writes them. */
class NodeFactsScriptTest {
  private static final String TCP =
      """
        sl  local_address rem_address   st tx_queue rx_queue
         0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
         1: 0700000A:7530 0104F40A:1F90 02 00000001:00000000 01:00000064 00000001     0
      """;
  private static final String TCP6 =
      """
        sl  local_address                         remote_address                        st
         0: 00000000000000000000000000000000:280A 00000000000000000000000000000000:0000 0A
         1: 0000000000000000FFFF00000700000A:9C40 0000000000000000FFFF00000104F40A:0050 01
         2: B80D0120000000000000000001000000:9C41 B80D01200100000000000000AB000000:0050 06
      """;

  @TempDir Path proc;

  @Test
  void printsWhatTheReaderUnderstands() throws Exception {
    write("net/tcp", TCP);
    write("net/tcp6", TCP6);
    write("sys/net/ipv4/ip_local_port_range", "1024\t65535\n");
    write("sys/net/ipv4/ip_local_reserved_ports", "\n");
    NodeView node = NodeFacts.read("n", NodeFactsLog.newest(run()).orElseThrow());
    assertThat(node.sysctls())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "net.ipv4.ip_local_port_range",
                "1024 65535",
                "net.ipv4.ip_local_reserved_ports",
                ""));
    assertThat(node.kubeProxyMode()).contains("ipvs");
    assertThat(node.sockets().orElseThrow())
        .containsExactly(
            new NodeView.Socket("LISTEN", "0.0.0.0", 8080, "0.0.0.0", 0),
            new NodeView.Socket("SYN-SENT", "10.0.0.7", 30000, "10.244.4.1", 8080),
            new NodeView.Socket("LISTEN", "::", 10250, "::", 0),
            new NodeView.Socket("ESTAB", "10.0.0.7", 40000, "10.244.4.1", 80),
            new NodeView.Socket("TIME-WAIT", "2001:db8::1", 40001, "2001:db8:0:1::ab", 80));
  }

  @Test
  void withoutFilesTheReportIsStillWhole() throws Exception {
    assertThat(NodeFactsLog.newest(run()).orElseThrow())
        .containsOnlyKeys(NodeFacts.SYSCTL, NodeFacts.SOCKETS, NodeFacts.MODE);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(proc.resolve(file).getParent());
    Files.writeString(proc.resolve(file), text);
  }

  private List<String> run() throws Exception {
    Path script = Files.writeString(proc.resolve("node-facts.sh"), script());
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
    builder.environment().putAll(Map.of("PROC", proc.toString(), "INTERVAL", "0", "MODE", "ipvs"));
    Process process = builder.redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return lines;
  }

  private static String script() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (MappingIterator<JsonNode> documents =
        yaml.readerFor(JsonNode.class)
            .readValues(Path.of("..", "config", "node-facts.yml").toFile())) {
      while (documents.hasNext()) {
        JsonNode script = documents.next().at("/data/node-facts.sh");
        if (script.isTextual()) {
          return script.asText();
        }
      }
    }
    throw new AssertionError("no script");
  }
}
