package io.mrq.embedded.mongo.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of a {@link Journal}: a head, then frames one after the other, each with its length and
 * a checksum. A frame that was not written to its end, and all behind it, does not count.
 */
final class JournalFile {

  /** The bytes before the content of a frame: its length and its checksum. */
  static final int FRAME_HEAD = 2 * Integer.BYTES;

  /** The id of a file whose head is not complete. */
  private static final long UNKNOWN = 0;

  private static final long MAGIC = 0x4d52514a524e4c32L;
  private static final int HEAD = 5 * Long.BYTES + Integer.BYTES;

  /** What is written at once, because the JDK keeps a copy of that size for each thread. */
  private static final int PIECE_BYTES = 256 * 1024;

  private static final Logger log = LoggerFactory.getLogger(JournalFile.class);

  private final FilePath path;
  private final long id;
  private final @Nullable FileChannel channel;
  private volatile long length;
  private volatile long forced;
  private volatile boolean deleted;

  private JournalFile(FilePath path, long id, @Nullable FileChannel channel, long length) {
    this.path = path;
    this.id = id;
    this.channel = channel;
    this.length = length;
    this.forced = length;
  }

  /**
   * Makes a new file in place of one that may be there.
   *
   * @param id drawn for this file
   * @param before the file that this one follows
   */
  static JournalFile create(FilePath path, long number, long id, @Nullable JournalFile before)
      throws IOException {
    FileChannel channel = path.open("rw");
    try {
      channel.truncate(0);
      ByteBuffer head = ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(number).putLong(id);
      head.putLong(before == null ? UNKNOWN : before.id);
      head.putLong(before == null ? 0 : before.length);
      head.putInt(checksum(head.array(), 0, head.position()));
      JournalFile file = new JournalFile(path, id, channel, 0);
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
   * @param id what the store says of the first file
   * @param before the file before this one, or null for the first. When it was longer once, this
   *     file does not follow it and is taken as empty
   * @param frames are given the content of each frame
   * @return null when the file continues another state than that of the store
   */
  static @Nullable JournalFile read(
      FilePath path,
      long number,
      long id,
      @Nullable JournalFile before,
      Consumer<ByteBuffer> frames)
      throws IOException {
    try (FileChannel channel = path.open("rw")) {
      // What is read may reach the file, and must not be lost afterwards.
      channel.force(false);
      ByteBuffer head = ByteBuffer.allocate(HEAD);
      if (!readFully(channel, head, 0)
          || head.getLong() != MAGIC
          || head.getLong() != number
          || head.getInt(HEAD - Integer.BYTES) != checksum(head.array(), 0, HEAD - Integer.BYTES)) {
        return upTo(path, UNKNOWN, channel, 0);
      }
      long own = head.getLong();
      long previous = head.getLong();
      if (before == null ? own != id : previous != before.id && before.id != UNKNOWN) {
        return null;
      }
      if (before != null && (previous != before.id || head.getLong() != before.length)) {
        return upTo(path, own, channel, 0);
      }
      long end = HEAD;
      for (ByteBuffer frame = frame(channel, end); frame != null; frame = frame(channel, end)) {
        end += FRAME_HEAD + frame.remaining();
        frames.accept(frame);
      }
      return upTo(path, own, channel, end);
    }
  }

  /** A file that counts up to here. */
  private static JournalFile upTo(FilePath path, long id, FileChannel channel, long end)
      throws IOException {
    if (channel.size() > end) {
      log.warn(
          "{} is not complete from byte {} on; {} bytes are ignored, which were being written when"
              + " the process ended, or are damaged.",
          path,
          end,
          channel.size() - end);
    }
    return new JournalFile(path, id, null, end);
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
