package io.mrq.api.request;

import io.mrq.api.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads a body line by line, of which it holds one line at a time. Lines end with a line feed; the
 * last one may end with the body.
 */
public final class BodyLines {
  /** The longest line, in bytes. */
  public static final int MAX_LINE = 2 * 1024 * 1024;

  private static final int BUFFER = 16 * 1024;

  private final InputStream network;
  private final InputStream body;
  private final LineLimits limits;
  private final Runnable beforeWaiting;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int from;
  private int to;
  private long read;
  private long number;

  /**
   * A line.
   *
   * @param number counted from 1
   * @param bytes without the line feed; empty when the line is too long
   * @param tooLong whether it has more than {@link #MAX_LINE} bytes
   */
  public record Line(long number, byte[] bytes, boolean tooLong) {
    /** Whether the line has only white space. */
    public boolean isBlank() {
      for (byte b : bytes) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return !tooLong;
    }
  }

  private BodyLines(
      InputStream network, InputStream body, LineLimits limits, Runnable beforeWaiting) {
    this.network = network;
    this.body = body;
    this.limits = limits;
    this.beforeWaiting = beforeWaiting;
  }

  /**
   * Begins to read a body.
   *
   * @param network the body as it arrives
   * @param gzip whether it is compressed
   * @param limits of the body when it is not compressed
   * @param beforeWaiting called when the sender has sent nothing more yet, before this thread waits
   *     for it, and before the end of the body
   */
  public static BodyLines of(
      InputStream network, boolean gzip, LineLimits limits, Runnable beforeWaiting)
      throws IOException {
    InputStream body = gzip ? new GZIPInputStream(network, BUFFER) : network;
    return new BodyLines(network, body, limits, beforeWaiting);
  }

  /** How many lines were read. */
  public long number() {
    return number;
  }

  /**
   * The next line; empty at the end of the body.
   *
   * @throws ProblemException when the body has more lines or bytes than it may have
   * @throws IOException when the sender has gone, or what it sends is not compressed as it says
   */
  public Optional<Line> next() throws IOException {
    line.reset();
    boolean tooLong = false;
    boolean any = false;
    while (from < to || fill()) {
      any = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      tooLong |= line.size() + end - from > MAX_LINE;
      if (!tooLong) {
        line.write(buffer, from, end - from);
      }
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    if (!any) {
      return Optional.empty();
    }
    if (number == limits.maxLines()) {
      throw new ProblemException(limits.tooManyLines());
    }
    number++;
    return Optional.of(new Line(number, tooLong ? new byte[0] : content(), tooLong));
  }

  /** Reads the rest and forgets it, so that the sender comes to read the answer. */
  public void skipRest() {
    try {
      do {
        from = to;
      } while (read());
    } catch (IOException | ProblemException _) {
      // The sender has gone, or sends more than anybody should.
    }
  }

  private byte[] content() {
    byte[] bytes = line.toByteArray();
    return number == 1 ? withoutByteOrderMark(bytes) : bytes;
  }

  /** Some programs put one before the first line. */
  private static byte[] withoutByteOrderMark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }

  private boolean fill() throws IOException {
    if (network.available() <= 0) {
      beforeWaiting.run();
    }
    return read();
  }

  private boolean read() throws IOException {
    from = 0;
    to = 0;
    long left = limits.maxSize().toBytes() - read;
    if (left == 0 && body.read() >= 0) {
      throw new ProblemException(limits.tooLarge());
    }
    int got = left == 0 ? -1 : body.read(buffer, 0, (int) Math.min(BUFFER, left));
    to = Math.max(got, 0);
    read += to;
    return got >= 0;
  }
}
