package dev.upstream.cluster;

/** Where pages of Envoy's and istiod's admin ports come from. */
interface AdminPages {
  /** One page of a pod, within the time that is left. */
  String get(String namespace, String pod, PodPorts.Page page) throws PodPorts.Unread, Calls.Late;
}
