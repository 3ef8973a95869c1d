package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One probe, run for real; a failure is told in the kubelet's words. exec and gRPC probes and HTTPS
 * always succeed here.
 */
final class ProbeCheck {
  private ProbeCheck() {}

  static Optional<String> run(Probe probe, Container container, String podAddress) {
    int timeout = Optional.ofNullable(probe.getTimeoutSeconds()).orElse(1) * 1000;
    if (probe.getTcpSocket() != null) {
      int port = port(probe.getTcpSocket().getPort(), container);
      return tcp(
          Optional.ofNullable(probe.getTcpSocket().getHost()).orElse(podAddress), port, timeout);
    }
    HTTPGetAction get = probe.getHttpGet();
    return get == null || "HTTPS".equals(get.getScheme())
        ? Optional.empty()
        : http(
            get,
            Optional.ofNullable(get.getHost()).orElse(podAddress),
            port(get.getPort(), container),
            timeout);
  }

  private static Optional<String> tcp(String host, int port, int timeout) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), timeout);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(dial(host, port, e));
    }
  }

  private static Optional<String> http(HTTPGetAction get, String host, int port, int timeout) {
    String path = Optional.ofNullable(get.getPath()).orElse("/");
    String where =
        "Get \"http://%s:%d%s\": ".formatted(host, port, path.startsWith("/") ? path : "/" + path);
    try (Socket socket = new Socket()) {
      try {
        socket.connect(new InetSocketAddress(host, port), timeout);
      } catch (SocketTimeoutException e) {
        return Optional.of(
            where + dial(host, port, e) + " (Client.Timeout exceeded while awaiting headers)");
      } catch (IOException e) {
        return Optional.of(where + dial(host, port, e));
      }
      socket.setSoTimeout(timeout);
      return status(socket, get, host + ":" + port, path)
          .map(
              status ->
                  status >= 200 && status < 400
                      ? ""
                      : "HTTP probe failed with statuscode: " + status)
          .or(() -> Optional.of(where + "EOF"))
          .filter(failure -> !failure.isEmpty());
    } catch (SocketTimeoutException e) {
      return Optional.of(
          where + "context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    } catch (IOException e) {
      return Optional.of(
          where + "read tcp %s:%d: read: connection reset by peer".formatted(host, port));
    }
  }

  private static Optional<Integer> status(
      Socket socket, HTTPGetAction get, String host, String path) throws IOException {
    String headers =
        Optional.ofNullable(get.getHttpHeaders()).orElse(List.of()).stream()
            .map(header -> header.getName() + ": " + header.getValue() + "\r\n")
            .collect(Collectors.joining());
    String hostHeader =
        headers.regionMatches(true, 0, "host:", 0, 5) ? "" : "Host: " + host + "\r\n";
    String request =
        "GET %s HTTP/1.1\r\n%sUser-Agent: kube-probe/1.36\r\nAccept: */*\r\nConnection: close\r\n%s\r\n"
            .formatted(path, hostHeader, headers);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    return Optional.ofNullable(reader.readLine())
        .map(line -> Integer.valueOf(line.split(" ", 3)[1]));
  }

  private static String dial(String host, int port, IOException e) {
    String why =
        switch (e) {
          case SocketTimeoutException timeout -> "i/o timeout";
          case NoRouteToHostException route -> "connect: no route to host";
          case ConnectException refused -> "connect: connection refused";
          default -> "connect: " + e.getMessage();
        };
    return "dial tcp %s:%d: %s".formatted(host, port, why);
  }

  private static int port(IntOrString port, Container container) {
    return Optional.ofNullable(port.getIntVal())
        .orElseGet(
            () ->
                container.getPorts().stream()
                    .filter(one -> port.getStrVal().equals(one.getName()))
                    .map(ContainerPort::getContainerPort)
                    .findFirst()
                    .orElse(0));
  }
}
