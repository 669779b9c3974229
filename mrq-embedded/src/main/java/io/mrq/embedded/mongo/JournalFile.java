package io.mrq.embedded.mongo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * One file of a {@link Journal}: a head, then frames one after the other, each with its length and
 * a checksum. A frame that was not written to its end, and all behind it, does not count.
 */
final class JournalFile {

  /** The bytes before the content of a frame: its length and its checksum. */
  static final int FRAME_HEAD = 2 * Integer.BYTES;

  /** Any length of the file before. */
  static final long ANY = -1;

  private static final long MAGIC = 0x4d52514a524e4c31L;
  private static final int HEAD = 3 * Long.BYTES + Integer.BYTES;

  /** What is written at once, because the JDK keeps a copy of that size for each thread. */
  private static final int PIECE_BYTES = 256 * 1024;

  private final FilePath path;
  private final @Nullable FileChannel channel;
  private volatile long length;
  private volatile long forced;
  private volatile boolean deleted;

  private JournalFile(FilePath path, @Nullable FileChannel channel, long length) {
    this.path = path;
    this.channel = channel;
    this.length = length;
    this.forced = length;
  }

  /**
   * Makes a new file in place of one that may be there.
   *
   * @param before how long the file before this one is
   */
  static JournalFile create(FilePath path, long number, long before) throws IOException {
    FileChannel channel = path.open("rw");
    try {
      channel.truncate(0);
      ByteBuffer head = ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(number).putLong(before);
      head.putInt(checksum(head.array(), 0, head.position()));
      JournalFile file = new JournalFile(path, channel, 0);
      file.write(head.flip());
      return file;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads a file that an earlier process left, as far as it is complete.
   *
   * @param before how long the file before this one is; when it was longer once, this file does not
   *     follow it and is taken as empty. {@link #ANY} when the file before does not matter
   * @param frames are given the content of each frame
   */
  static JournalFile read(FilePath path, long number, long before, Consumer<ByteBuffer> frames)
      throws IOException {
    try (FileChannel channel = path.open("rw")) {
      ByteBuffer head = ByteBuffer.allocate(HEAD);
      if (!readFully(channel, head, 0)
          || head.getLong() != MAGIC
          || head.getLong() != number
          || !follows(head.getLong(), before)
          || head.getInt() != checksum(head.array(), 0, HEAD - Integer.BYTES)) {
        return new JournalFile(path, null, 0);
      }
      long end = HEAD;
      for (ByteBuffer frame = frame(channel, end); frame != null; frame = frame(channel, end)) {
        end += FRAME_HEAD + frame.remaining();
        frames.accept(frame);
      }
      channel.force(false);
      return new JournalFile(path, null, end);
    }
  }

  private static boolean follows(long written, long before) {
    return before == ANY || before == written;
  }

  private static @Nullable ByteBuffer frame(FileChannel channel, long position) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(FRAME_HEAD);
    if (!readFully(channel, head, position)) {
      return null;
    }
    int size = head.getInt();
    if (size <= 0 || size > channel.size() - position - FRAME_HEAD) {
      return null;
    }
    ByteBuffer content = ByteBuffer.allocate(size);
    return readFully(channel, content, position + FRAME_HEAD)
            && head.getInt() == checksum(content.array(), 0, size)
        ? content
        : null;
  }

  private static boolean readFully(FileChannel channel, ByteBuffer target, long position)
      throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        return false;
      }
    }
    target.flip();
    return true;
  }

  /** Appends a frame: its content behind {@link #FRAME_HEAD} bytes that are filled here. */
  void append(ByteBuffer frame) throws IOException {
    int size = frame.limit() - FRAME_HEAD;
    frame.putInt(0, size);
    frame.putInt(Integer.BYTES, checksum(frame.array(), FRAME_HEAD, size));
    write(frame);
  }

  private void write(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    long position = length;
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + PIECE_BYTES));
      position += open().write(bytes, position);
    }
    length = position;
  }

  private static int checksum(byte[] bytes, int from, int size) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, size);
    return (int) checksum.getValue();
  }

  private FileChannel open() {
    if (channel == null) {
      throw new IllegalStateException("the journal " + path + " is read only");
    }
    return channel;
  }

  /** Forces to the disk what is not there yet. */
  void force() throws IOException {
    long upTo = length;
    if (upTo == forced) {
      return;
    }
    try {
      open().force(false);
      forced = upTo;
    } catch (ClosedChannelException e) {
      if (!deleted) {
        throw e;
      }
    }
  }

  long length() {
    return length;
  }

  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // What was acknowledged has been written before.
    }
  }

  void delete() {
    deleted = true;
    close();
    path.delete();
  }
}
