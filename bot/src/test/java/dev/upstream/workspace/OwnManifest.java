package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** config/slack-manifest.yml, as people register the app with it. */
public final class OwnManifest {
  private OwnManifest() {}

  public static Manifest read() {
    Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(text());
    JsonNode all = Arguments.JSON.valueToTree(yaml);
    return new Manifest(
        words(all.at("/oauth_config/scopes/bot"), ""),
        words(all.at("/settings/event_subscriptions/bot_events"), ""),
        words(all.at("/features/slash_commands"), "/command"),
        words(all.at("/features/shortcuts"), "/callback_id"));
  }

  private static String text() {
    try {
      return Files.readString(
          Path.of(System.getProperty("basedir", "."), "..", "config", "slack-manifest.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> words(JsonNode list, String key) {
    Set<String> found = new HashSet<>();
    list.forEach(e -> found.add(e.at(key).asText()));
    return found;
  }
}
