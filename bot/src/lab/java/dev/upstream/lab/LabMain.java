package dev.upstream.lab;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The lab for a person: one cluster with case 1 in it, until Ctrl-C. */
public final class LabMain {
  private LabMain() {}

  public static void main(String[] args) throws InterruptedException {
    long began = System.nanoTime();
    Lab lab = new Lab();
    LabCluster cluster = lab.alone();
    cluster.applyScenario("case1");
    cluster.waitReady("istio-system");
    cluster.waitReady("shop");
    String gateway = cluster.gatewayAddress();
    System.out.printf(
        """
        The lab stands after %d s. 95 of 100 requests for shop.example.com die: web v1 has no pods.

          enter it     nsenter -t %d -U --preserve-credentials -n bash      (as root: nsenter -t %2$d -n bash)
          kubeconfig   export KUBECONFIG=%s PATH=%s/bin:$PATH
          a request    curl -i -H 'Host: shop.example.com' http://%s/
          its log      kubectl -n istio-system logs deploy/istio-ingressgateway
          why it dies  KUBECONFIG=%3$s %6$s/bin/upstream check shop.example.com --cluster %7$s
          work folder  %8$s

        upstream has to be built before: mvn -DskipTests package.
        Ctrl-C ends it and leaves nothing running.
        """,
        (System.nanoTime() - began) / 1_000_000_000,
        ProcessHandle.current().pid(),
        cluster.kubeconfig(),
        System.getenv("UPSTREAM_LAB_PARTS"),
        gateway,
        Path.of("").toAbsolutePath(),
        cluster.name(),
        lab.work());
    new CountDownLatch(1).await();
  }
}
