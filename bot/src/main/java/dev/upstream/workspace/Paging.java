package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Answers of several pages: each names where the next one begins. */
final class Paging {
  private static final String MARK = "next:";

  private Paging() {}

  /**
   * Adds one page of {@code all} to the answer.
   *
   * @param key names an item for good, so that later changes do not shift the pages
   * @return whether more follow
   */
  static <T> boolean page(
      Asking asking,
      List<T> all,
      int limit,
      Function<T, String> key,
      Function<T, com.fasterxml.jackson.databind.JsonNode> json,
      ObjectNode out,
      String name)
      throws Refused {
    int from = 0;
    String cursor = asking.get("cursor");
    if (!cursor.isEmpty()) {
      String wanted = named(asking, cursor);
      while (from < all.size() && !key.apply(all.get(from)).equals(wanted)) {
        from++;
      }
    }
    ArrayNode page = out.putArray(name);
    int to = Math.min(all.size(), from + limit);
    all.subList(from, to).forEach(i -> page.add(json.apply(i)));
    boolean more = to < all.size();
    String next =
        more
            ? Base64.getEncoder()
                .encodeToString((MARK + key.apply(all.get(to))).getBytes(StandardCharsets.UTF_8))
            : "";
    out.putObject("response_metadata").put("next_cursor", next);
    return more;
  }

  private static String named(Asking asking, String cursor) throws Refused {
    try {
      String plain = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (plain.startsWith(MARK)) {
        return plain.substring(MARK.length());
      }
    } catch (IllegalArgumentException e) {
      throw asking.bad("invalid_cursor", cursor);
    }
    throw asking.bad("invalid_cursor", cursor);
  }
}
