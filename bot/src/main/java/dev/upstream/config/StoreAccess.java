package dev.upstream.config;

import java.util.Map;

/** Who opens the store: by environment or mounted file, never by upstream.yml. */
public record StoreAccess(String user, String password) {
  private static final String USER = "UPSTREAM_STORE_USER";
  private static final String PASSWORD = "UPSTREAM_STORE_PASSWORD";

  /** A file of this machine has no other lock than the file system's. */
  private static final StoreAccess OF_A_FILE = new StoreAccess("sa", "");

  /** Reads them from the environment given; throws {@link BadConfig}. */
  public static StoreAccess from(Map<String, String> environment, StoreSettings settings) {
    if (settings.onThisMachine()) {
      return OF_A_FILE;
    }
    return new StoreAccess(
        MountedValue.find(environment, USER).orElseThrow(() -> MountedValue.missing(USER)),
        MountedValue.find(environment, PASSWORD).orElseThrow(() -> MountedValue.missing(PASSWORD)));
  }

  @Override
  public String toString() {
    return "StoreAccess(hidden)";
  }
}
