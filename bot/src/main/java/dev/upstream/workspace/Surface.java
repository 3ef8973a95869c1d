package dev.upstream.workspace;

/** Where blocks are shown. */
enum Surface {
  MESSAGE(50),
  MODAL(100),
  HOME(100);

  final int mostBlocks;

  Surface(int mostBlocks) {
    this.mostBlocks = mostBlocks;
  }
}
