package dev.upstream.cluster;

import java.util.Set;

/** Where pages of Envoy's and istiod's admin ports come from. */
interface AdminPages {
  /**
   * One page of a pod, within the time that is left.
   *
   * @param hosts where the page can be narrowed to what concerns these, it is; not every version
   *     does so
   */
  String get(String namespace, String pod, PodPorts.Page page, Set<String> hosts)
      throws PodPorts.Unread, Calls.Late;
}
