package dev.upstream.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.ClusterView;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,192.0.2.77,true",
    "192.0.2.0/24,192.0.3.1,false",
    "192.0.2.0/xx,192.0.2.1,false",
    "2001:db8::/32,2001:db8::7,true",
    "2001:db8::/32,192.0.2.1,false",
    "localhost/8,127.0.0.1,false",
    "127.0.0.0/8,localhost,false",
    "127.0.0.0/8,de:ad,false",
    "*.example.com,west.example.com,true"
  })
  void namesAreNeverLookedUp(String reachedBy, String address, boolean reached) {
    ClusterView west = ClusterView.unseen("west", List.of(), List.of(reachedBy));
    assertThat(Edges.reaches(west, address)).isEqualTo(reached);
  }
}
