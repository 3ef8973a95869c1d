package dev.upstream.workspace;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;

/** Where the bytes of a file are sent. */
record UploadDoor(Server server, Faults faults) implements Doors.Door {
  private static final int LARGEST = 64 << 20;

  @Override
  public void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
    Optional<Disturbance> disturbance = faults.take("upload");
    server.struck("upload", Optional.empty(), disturbance);
    if (Exchanges.broke(exchange, disturbance)) {
      return;
    }
    String token = exchange.getRequestURI().getPath().substring("/upload/v1/".length());
    Optional<Uploads.Upload> upload = server.uploads.byToken(token);
    String problem =
        upload.isEmpty()
            ? "no such address"
            : exchange.getRequestMethod().equals("POST")
                ? upload.get().take(body)
                : "only POST is taken";
    if (!problem.isEmpty()) {
      server.violations.add("upload", problem);
    }
    if (!Exchanges.lost(disturbance)) {
      Exchanges.answer(
          exchange, problem.isEmpty() ? 200 : 400, problem.isEmpty() ? "OK - " + body.length : "");
    }
  }
}
