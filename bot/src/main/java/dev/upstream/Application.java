package dev.upstream;

/** The program. */
public final class Application {
  private Application() {}

  public static void main(String[] args) {}
}
