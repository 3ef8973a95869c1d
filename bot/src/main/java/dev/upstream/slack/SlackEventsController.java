package dev.upstream.slack;

import com.slack.api.bolt.App;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Slack's signed requests arrive; nothing unsigned is even parsed. */
@Controller
public final class SlackEventsController {
  private static final Logger LOG = LoggerFactory.getLogger(SlackEventsController.class);

  private final App app;
  private final RequestSignature signature;
  private final SlackRequestParser parser;

  SlackEventsController(App app, RequestSignature signature) {
    this.app = app;
    this.signature = signature;
    this.parser = new SlackRequestParser(app.config());
  }

  @Post(uri = "/slack/events", consumes = MediaType.ALL, produces = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  public HttpResponse<String> events(HttpRequest<?> request, @Body byte[] body) {
    Optional<String> refusal =
        signature.refusal(
            Optional.ofNullable(request.getHeaders().get("X-Slack-Request-Timestamp")),
            Optional.ofNullable(request.getHeaders().get("X-Slack-Signature")),
            body);
    if (refusal.isPresent()) {
      LOG.warn("Refused a request of {} bytes: {}", body.length, refusal.get());
      return HttpResponse.<String>status(HttpStatus.UNAUTHORIZED).body("not from Slack");
    }
    if (signature.again(request.getHeaders().get("X-Slack-Signature", String.class).orElse(""))) {
      LOG.warn(
          "A signed request of {} bytes came a second time as it was: what was done is refused",
          body.length);
    }
    Optional<Request<?>> parsed = parsed(request, body);
    if (parsed.isEmpty()) {
      return HttpResponse.badRequest("nothing that this bot knows");
    }
    try {
      return http(app.run(parsed.get()));
    } catch (Exception e) {
      LOG.error("A signed request of {} bytes broke: {}", body.length, Trace.of(e));
      return HttpResponse.serverError("broken");
    }
  }

  private Optional<Request<?>> parsed(HttpRequest<?> request, byte[] body) {
    try {
      return Optional.ofNullable(parser.parse(raw(request, body)));
    } catch (RuntimeException e) {
      LOG.warn("A signed request of {} bytes is broken: {}", body.length, e.getClass());
      return Optional.empty();
    }
  }

  @Error(exception = ContentLengthExceededException.class)
  public HttpResponse<String> tooLarge() {
    LOG.warn("Refused a request: too large");
    return HttpResponse.<String>status(HttpStatus.REQUEST_ENTITY_TOO_LARGE).body("too large");
  }

  private static SlackRequestParser.HttpRequest raw(HttpRequest<?> request, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.getHeaders().forEach(headers::put);
    Map<String, List<String>> query = new LinkedHashMap<>();
    request.getParameters().forEach(query::put);
    return SlackRequestParser.HttpRequest.builder()
        .requestUri(request.getPath())
        .queryString(query)
        .headers(new RequestHeaders(headers))
        .requestBody(new String(body, StandardCharsets.UTF_8))
        .remoteAddress(request.getRemoteAddress().getAddress().getHostAddress())
        .build();
  }

  private static HttpResponse<String> http(Response response) {
    MutableHttpResponse<String> out =
        HttpResponse.status(HttpStatus.valueOf(response.getStatusCode()));
    Optional.ofNullable(response.getBody()).ifPresent(out::body);
    return out.contentType(
        Optional.ofNullable(response.getContentType()).orElse(MediaType.TEXT_PLAIN));
  }
}
