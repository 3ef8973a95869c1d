package dev.upstream.lab.control;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The lab's own CA, what it signed, and the key that signs service account tokens. */
public record Certificates(Path folder) {
  public static Certificates issue(Path folder, ClusterSpec spec) {
    Certificates certificates = new Certificates(folder);
    Thread account =
        Thread.startVirtualThread(
            () ->
                Command.run("openssl", "genrsa", "-out", certificates.path("account.key"), "2048"));
    certificates.sign(
        "ca",
        "/CN=upstream-lab",
        "-addext",
        "keyUsage=critical,keyCertSign,cRLSign,digitalSignature");
    String names =
        "subjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:%s,IP:%s"
            .formatted(spec.firstServiceAddress(), spec.nodeAddress(0));
    Stream.of(
            new String[] {"server", "/CN=kube-apiserver", names},
            new String[] {"admin", "/O=system:masters/CN=admin", names})
        .parallel()
        .forEach(
            one ->
                certificates.sign(
                    one[0],
                    one[1],
                    "-CA",
                    certificates.path("ca.crt"),
                    "-CAkey",
                    certificates.path("ca.key"),
                    "-addext",
                    one[2],
                    "-addext",
                    "basicConstraints=CA:FALSE"));
    try {
      account.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return certificates;
  }

  private void sign(String name, String subject, String... more) {
    String[] usual = {
      "openssl",
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "30",
      "-subj",
      subject,
      "-keyout",
      path(name + ".key"),
      "-out",
      path(name + ".crt")
    };
    Command.run(Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new));
  }

  public String path(String name) {
    return folder.resolve(name).toString();
  }
}
