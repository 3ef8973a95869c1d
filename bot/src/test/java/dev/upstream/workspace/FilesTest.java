package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import com.slack.api.model.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files in three steps: an address, the bytes, the message. */
class FilesTest {
  private Rig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void slacksClientPutsAFileIntoAThread() {
    String root = rig.says("root");
    byte[] bytes = "{\"verdict\":\"broken\"}".getBytes(StandardCharsets.UTF_8);
    File file =
        Rig.ask(
                () ->
                    rig.bot.filesUploadV2(
                        r ->
                            r.channel(rig.incidents)
                                .threadTs(root)
                                .filename("answer.json")
                                .title("The answer")
                                .initialComment("All of it")
                                .fileData(bytes)))
            .getFile();

    Post post = rig.posts().getLast();
    assertThat(post.thread()).contains(root);
    SharedFile shared = post.files().getFirst();
    assertThat(shared)
        .isEqualTo(new SharedFile(file.getId(), "answer.json", "The answer", bytes.length));
    assertThat(rig.workspace.content(shared)).isEqualTo(bytes);
    File known = Rig.ask(() -> rig.bot.filesInfo(r -> r.file(file.getId()))).getFile();
    assertThat(known.getShares().getPublicChannels())
        .hasEntrySatisfying(
            rig.incidents, s -> assertThat(s.getFirst().getTs()).isEqualTo(post.ts()));
    assertThat(
            Rig.ask(() -> rig.bot.conversationsReplies(r -> r.channel(rig.incidents).ts(root)))
                .getMessages()
                .getLast()
                .getFiles()
                .getFirst()
                .getId())
        .isEqualTo(file.getId());
    assertThat(rig.workspace.transcript("incidents"))
        .contains("All of it")
        .contains("[file answer.json, 20 bytes]");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  private FilesGetUploadURLExternalResponse address(int length) {
    return Rig.ask(
        () -> rig.bot.filesGetUploadURLExternal(r -> r.filename("x.txt").length(length)));
  }

  private int send(String url, String text) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url))
                  .POST(HttpRequest.BodyPublishers.ofString(text))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String complete(String id) {
    return Rig.error(
        () ->
            rig.bot.filesCompleteUploadExternal(
                r ->
                    r.channelId(rig.incidents)
                        .files(
                            List.of(
                                com.slack.api.methods.request.files
                                    .FilesCompleteUploadExternalRequest.FileDetails.builder()
                                    .id(id)
                                    .title("t")
                                    .build()))));
  }

  @Test
  void whatWasNotSentOrHasAnotherSizeIsNotShown() {
    FilesGetUploadURLExternalResponse address = address(3);
    assertThat(complete(address.getFileId())).isEqualTo("file_not_found");
    assertThat(send(address.getUploadUrl(), "four")).isEqualTo(400);
    assertThat(send(address.getUploadUrl() + "x", "abc")).isEqualTo(400);
    assertThat(complete("F0NONE")).isEqualTo("file_not_found");
    assertThat(rig.workspace.expect("")).isEqualTo(4);
    assertThat(send(address.getUploadUrl(), "abc")).isEqualTo(200);
    assertThat(complete(address.getFileId())).isEmpty();
    assertThat(complete(address.getFileId())).isEqualTo("file_not_found");
    assertThat(rig.posts()).hasSize(1);
    assertThat(rig.workspace.violations()).isEmpty();
    assertThat(address(0).getError()).isEqualTo("invalid_arguments");
    rig.workspace.expect("files.getUploadURLExternal: invalid_arguments");
  }

  @Test
  void aFileThatNobodyFinishedIsUnknown() {
    String id = address(3).getFileId();
    assertThat(Rig.error(() -> rig.bot.filesInfo(r -> r.file(id)))).isEqualTo("file_not_found");
  }
}
