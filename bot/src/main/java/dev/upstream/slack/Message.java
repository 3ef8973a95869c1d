package dev.upstream.slack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A message as it is meant, before the guard.
 *
 * @param notification what a phone shows, and who sees no blocks
 */
public record Message(String notification, List<Block> blocks) {
  public Message {
    blocks = List.copyOf(blocks);
    Set<Action> pressed = new HashSet<>();
    if (buttons(blocks).anyMatch(b -> !pressed.add(b.action()))) {
      throw new IllegalArgumentException("two buttons of a message do the same");
    }
    if (blocks.stream().anyMatch(Block.Input.class::isInstance)) {
      throw new IllegalArgumentException("only a modal asks for something");
    }
  }

  private static Stream<Button> buttons(List<Block> blocks) {
    return blocks.stream()
        .flatMap(
            b ->
                switch (b) {
                  case Block.Actions a -> a.buttons().stream();
                  case Block.Section s -> Stream.<Button>empty();
                  case Block.Header h -> Stream.<Button>empty();
                  case Block.Context c -> Stream.<Button>empty();
                  case Block.Input i -> Stream.<Button>empty();
                });
  }
}
