package dev.upstream.answer;

import java.util.List;

/** placeholder until dir4 */
public interface Directory {
  List<String> clusters();

  List<String> namespaces(String cluster);

  List<String> services(String cluster, String namespace);

  List<ClusterStatus> status();
}
