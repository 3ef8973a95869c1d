package dev.upstream.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.chat.ChatDeleteRequest;
import com.slack.api.methods.request.chat.ChatPostEphemeralRequest;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import com.slack.api.model.Message;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Taken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** One attempt at each call that the outbox needs, and what is known afterwards. */
final class Wire {
  /** Marks the bot's own messages, so that they can be found again. */
  static final String EVENT_TYPE = "upstream_message";

  static final String ID = "id";
  static final String REVISION = "revision";

  private final SlackApi slack;
  private final MethodsClient methods;

  Wire(SlackApi slack) {
    this.slack = slack;
    this.methods = slack.methods();
  }

  Outcome post(Taken message, Content.Post content, boolean plain) {
    ChatPostMessageRequest request =
        ChatPostMessageRequest.builder()
            .channel(message.wanted().place().channel())
            .text(content.text())
            .metadata(mark(message))
            .parse("none")
            .unfurlLinks(false)
            .unfurlMedia(false)
            .build();
    message.thread().ifPresent(request::setThreadTs);
    blocks(content.blocks(), plain).ifPresent(request::setBlocksAsString);
    return switch (Attempt.at(() -> methods.chatPostMessage(request))) {
      case Attempt.Answer.Given<ChatPostMessageResponse> given ->
          new Outcome.Done(Optional.of(given.response().getTs()));
      case Attempt.Answer.None<ChatPostMessageResponse> none -> none.outcome();
    };
  }

  Outcome update(Taken message, String ts, Content.Post content, boolean plain) {
    ChatUpdateRequest request =
        ChatUpdateRequest.builder()
            .channel(message.wanted().place().channel())
            .ts(ts)
            .text(content.text())
            .metadata(mark(message))
            .blocksAsString(blocks(content.blocks(), plain).orElse("[]"))
            .parse("none")
            .build();
    return attempt(() -> methods.chatUpdate(request));
  }

  Outcome delete(Taken message, String ts) {
    ChatDeleteRequest request =
        ChatDeleteRequest.builder().channel(message.wanted().place().channel()).ts(ts).build();
    return attempt(() -> methods.chatDelete(request));
  }

  Outcome whisper(Taken message, Content.Whisper content) {
    ChatPostEphemeralRequest request =
        ChatPostEphemeralRequest.builder()
            .channel(message.wanted().place().channel())
            .user(content.user())
            .text(content.text())
            .parse("none")
            .build();
    message.thread().ifPresent(request::setThreadTs);
    blocks(content.blocks(), false).ifPresent(request::setBlocksAsString);
    return attempt(() -> methods.chatPostEphemeral(request));
  }

  boolean mayAnswerTo(String responseUrl) {
    return slack.access().mayAnswerTo(responseUrl);
  }

  /** Answers at the address that a command or a click brought. */
  Outcome respond(String responseUrl, Content.Whisper content) {
    JsonObject body = new JsonObject();
    body.addProperty("response_type", "ephemeral");
    body.addProperty("replace_original", false);
    body.addProperty("text", content.text());
    blocks(content.blocks(), false).ifPresent(b -> body.add("blocks", JsonParser.parseString(b)));
    RequestBody json =
        RequestBody.create(body.toString(), MediaType.get("application/json; charset=utf-8"));
    return send(new Request.Builder().url(responseUrl).post(json).build());
  }

  /** Where the bytes of a file are to be sent, or why that is not known. */
  sealed interface Address {
    record Given(String url, String file) implements Address {}

    record None(Outcome outcome) implements Address {}
  }

  Address address(Content.Upload upload) {
    Attempt.Call<FilesGetUploadURLExternalResponse> call =
        () ->
            methods.filesGetUploadURLExternal(
                r -> r.filename(upload.name()).length(upload.bytes().size()));
    return switch (Attempt.at(call)) {
      case Attempt.Answer.Given<FilesGetUploadURLExternalResponse> given ->
          new Address.Given(given.response().getUploadUrl(), given.response().getFileId());
      case Attempt.Answer.None<FilesGetUploadURLExternalResponse> none ->
          new Address.None(none.outcome());
    };
  }

  Outcome upload(String url, Content.Upload upload) {
    RequestBody bytes =
        RequestBody.create(upload.bytes().array(), MediaType.get("application/octet-stream"));
    return send(new Request.Builder().url(url).post(bytes).build());
  }

  Outcome share(Taken message, String file, Content.Upload upload) {
    FilesCompleteUploadExternalRequest request =
        FilesCompleteUploadExternalRequest.builder()
            .files(List.of(FileDetails.builder().id(file).title(upload.name()).build()))
            .channelId(message.wanted().place().channel())
            .build();
    message.thread().ifPresent(request::setThreadTs);
    return attempt(() -> methods.filesCompleteUploadExternal(request));
  }

  private static Message.Metadata mark(Taken message) {
    return Message.Metadata.builder()
        .eventType(EVENT_TYPE)
        .eventPayload(
            Map.of(ID, message.wanted().id(), REVISION, Long.toString(message.wanted().revision())))
        .build();
  }

  private static Optional<String> blocks(String json, boolean plain) {
    return plain || json.equals("[]") ? Optional.empty() : Optional.of(json);
  }

  private static <T extends SlackApiTextResponse> Outcome attempt(Attempt.Call<T> call) {
    return switch (Attempt.at(call)) {
      case Attempt.Answer.Given<T> given -> new Outcome.Done(Optional.empty());
      case Attempt.Answer.None<T> none -> none.outcome();
    };
  }

  private Outcome send(Request request) {
    try (Response response =
        slack.slack().getHttpClient().getOkHttpClient().newCall(request).execute()) {
      return response.isSuccessful()
          ? new Outcome.Done(Optional.empty())
          : Attempt.status(response);
    } catch (IOException e) {
      return Attempt.broken(e);
    }
  }
}
