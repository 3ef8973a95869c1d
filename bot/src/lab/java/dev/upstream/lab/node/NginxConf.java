package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nginx.conf that ingress-nginx would write for these objects, as far as the lab needs it (its
 * controller.go and nginx.tmpl). What is IMITATED, because there it is Lua or Go: a backend without
 * endpoints is a location that returns 503, an upstream lists its endpoints so often that three
 * tries are possible (the Lua balancer may try one of them again), and the warnings are klog's
 * lines.
 */
final class NginxConf {
  private static final int TRIES = 3;
  private static final String ANNOTATION = "nginx.ingress.kubernetes.io/";
  private static final String LOG_FORMAT =
      "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
          + " \"$http_referer\" \"$http_user_agent\" $request_length $request_time"
          + " [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr"
          + " $upstream_response_length $upstream_response_time $upstream_status $req_id";

  /** What one controller has to do with. */
  record Objects(
      List<Ingress> ingresses,
      List<Service> services,
      List<EndpointSlice> slices,
      Map<String, String> settings) {}

  private final Objects objects;
  private final String folder;
  private final NginxUpstreams upstreams;
  private final String text;

  NginxConf(Objects objects, String folder) {
    this.objects = objects;
    this.folder = folder;
    upstreams = new NginxUpstreams(objects);
    text = render();
  }

  String text() {
    return text;
  }

  /** What the controller logs while it works that out. */
  List<String> warnings() {
    return upstreams.warnings();
  }

  private String render() {
    StringBuilder servers = new StringBuilder();
    NginxLocation.byHost(objects.ingresses())
        .forEach(
            (host, locations) -> {
              boolean regex = locations.stream().anyMatch(NginxConf::asksForRegex);
              servers.append(
                  "  server {\n    listen 80%s;\n"
                      .formatted(host.equals("_") ? " default_server" : ""));
              servers.append(
                  "    server_name %s;\n    set $proxy_upstream_name \"-\";\n"
                      .formatted(serverName(host)));
              locations.stream()
                  .sorted((a, b) -> Integer.compare(b.path().length(), a.path().length()))
                  .forEach(location -> servers.append(render(location, regex, host)));
              servers.append("  }\n");
            });
    StringBuilder groups = new StringBuilder();
    upstreams
        .endpoints()
        .forEach(
            (name, endpoints) -> groups.append(endpoints.isEmpty() ? "" : group(name, endpoints)));
    return frame().formatted(folder, LOG_FORMAT, groups, servers);
  }

  private static String group(String name, List<String> endpoints) {
    StringBuilder servers = new StringBuilder();
    for (int listed = 0; listed < TRIES; listed += endpoints.size()) {
      endpoints.forEach(
          endpoint -> servers.append("    server %s max_fails=0;\n".formatted(endpoint)));
    }
    return "  upstream %s {\n%s    keepalive 320;\n    keepalive_timeout 60s;\n  }\n"
        .formatted(name, servers);
  }

  private String render(NginxLocation location, boolean regex, String host) {
    String match =
        regex
            ? "~* \"^%s\"".formatted(location.path())
            : location.modifier() + "\"%s\"".formatted(location.path());
    StringBuilder body = new StringBuilder();
    body.append("      set $proxy_upstream_name \"%s\";\n".formatted(location.upstream()));
    if (location.upstream().equals(NginxUpstreams.DEFAULT_BACKEND)) {
      // the access log of the default server is off by default:
      // enable-access-log-for-default-backend
      body.append(host.equals("_") ? "      access_log off;\n" : "")
          .append("      proxy_pass http://127.0.0.1:8181;\n");
    } else if (upstreams.endpoints().getOrDefault(location.upstream(), List.of()).isEmpty()) {
      body.append("      return 503; # IMITATED\n");
    } else {
      location
          .ingress()
          .flatMap(NginxConf::rewriteTarget)
          .ifPresent(
              target ->
                  body.append(
                      "      rewrite \"(?i)%s\" %s break;\n".formatted(location.path(), target)));
      body.append(
          "      proxy_connect_timeout %ss;\n"
              .formatted(setting(location, "proxy-connect-timeout", "5")));
      body.append(
          "      proxy_read_timeout %ss;\n"
              .formatted(setting(location, "proxy-read-timeout", "60")));
      body.append(
          "      proxy_next_upstream %s;\n"
              .formatted(setting(location, "proxy-next-upstream", "error timeout")));
      body.append(
          "      proxy_next_upstream_tries %s;\n"
              .formatted(setting(location, "proxy-next-upstream-tries", "3")));
      body.append("      proxy_pass http://%s;\n".formatted(location.upstream()));
    }
    return "    location %s {\n%s    }\n".formatted(match, body);
  }

  private String setting(NginxLocation location, String key, String usual) {
    return location
        .ingress()
        .flatMap(ingress -> annotation(ingress, key))
        .orElse(objects.settings().getOrDefault(key, usual));
  }

  private static boolean asksForRegex(NginxLocation location) {
    return location
        .ingress()
        .map(
            ingress ->
                annotation(ingress, "use-regex").equals(Optional.of("true"))
                    || rewriteTarget(ingress).isPresent())
        .orElse(false);
  }

  private static Optional<String> rewriteTarget(Ingress ingress) {
    return annotation(ingress, "rewrite-target").filter(target -> !target.isEmpty());
  }

  private static Optional<String> annotation(Ingress ingress, String key) {
    return Optional.ofNullable(ingress.getMetadata().getAnnotations())
        .map(all -> all.get(ANNOTATION + key));
  }

  private static String serverName(String host) {
    return host.startsWith("*.")
        ? "~^(?<subdomain>[\\w-]+)\\." + host.substring(2).replace(".", "\\.") + "$"
        : host;
  }

  private static String frame() {
    return """
    daemon off;
    user root;
    worker_processes 1;
    worker_shutdown_timeout 2s;
    pid %1$s/nginx.pid;
    error_log stderr notice;
    events { worker_connections 16384; }
    http {
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      server_tokens off;
      server_names_hash_bucket_size 128;
      variables_hash_bucket_size 256;
      keepalive_timeout 75s;
      map $http_x_request_id $req_id { default $http_x_request_id; "" $request_id; }
      map "" $proxy_alternative_upstream_name { default ""; }
      log_format upstreaminfo '%2$s';
      access_log /dev/stdout upstreaminfo;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
      proxy_set_header X-Request-ID $req_id;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $remote_addr;
    %3$s%4$s  server {
        listen 127.0.0.1:8181;
        access_log off;
        location / { return 404; }
      }
      server {
        listen 10254;
        access_log off;
        location = /healthz { return 200; }
        location / { return 404; }
      }
    }
    """;
  }
}
