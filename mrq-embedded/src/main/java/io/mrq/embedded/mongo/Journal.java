package io.mrq.embedded.mongo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledged changes that the file beside it does not hold yet, in numbered files. Each
 * commit of the file begins a new number, and says in the file which number follows it; so the file
 * holds all changes of the numbers before, and none of that one.
 */
final class Journal {

  /** Changes that are more than this are not written to the journal but to the file at once. */
  static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  private final String path;
  private final Deque<Numbered> older = new ArrayDeque<>();
  private long number;
  private @Nullable JournalFile current;
  private long olderBytes;
  private long frames;
  private boolean closed;

  private record Numbered(long number, JournalFile file) {}

  private Journal(String path, long number) {
    this.path = path;
    this.number = number;
  }

  /**
   * Opens what an earlier process left, and begins a new number behind it.
   *
   * @param file the file beside which the journal lies
   * @param first the number that follows the state of the file
   * @param frames are given the changes that the file does not hold, in their order
   */
  static Journal open(Path file, long first, Consumer<ByteBuffer> frames) throws IOException {
    Journal journal = new Journal(file + ".journal-", first);
    for (long done = first - 1; journal.file(done).exists(); done--) {
      journal.file(done).delete();
    }
    long before = JournalFile.ANY;
    while (journal.file(journal.number).exists()) {
      JournalFile left =
          JournalFile.read(journal.file(journal.number), journal.number, before, frames);
      journal.setAside(left);
      before = left.length();
    }
    // Behind a gap lies only what a copy of the folder, made while it was used, has too much.
    for (long late = journal.number + 1; journal.file(late).exists(); late++) {
      journal.file(late).delete();
    }
    return journal;
  }

  private FilePath file(long number) {
    return FilePath.get(path + number);
  }

  private void setAside(JournalFile file) {
    older.add(new Numbered(number, file));
    olderBytes += file.length();
    number++;
  }

  /** Appends a frame. It survives the death of this process, not of the machine. */
  synchronized void append(ByteBuffer frame) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (current == null) {
      Numbered last = older.peekLast();
      long before = last != null && last.number == number - 1 ? last.file.length() : 0;
      current = JournalFile.create(file(number), number, before);
    }
    current.append(frame);
    frames++;
  }

  /** Begins a new number unless nothing has been written to the last one. */
  synchronized long next() {
    if (current != null) {
      JournalFile full = current;
      current = null;
      setAside(full);
    }
    return number;
  }

  /** Forces to the disk what was appended. */
  void force() throws IOException {
    List<JournalFile> files = new ArrayList<>();
    synchronized (this) {
      older.forEach(file -> files.add(file.file));
      if (current != null) {
        files.add(current);
      }
    }
    for (JournalFile file : files) {
      file.force();
    }
  }

  /** Deletes the files before a number, all of which the file now holds. */
  synchronized void deleteBefore(long kept) {
    while (!older.isEmpty() && older.getFirst().number < kept) {
      JournalFile file = older.removeFirst().file;
      olderBytes -= file.length();
      file.delete();
    }
  }

  /** Bytes in all files of the journal. */
  synchronized long size() {
    return olderBytes + (current == null ? 0 : current.length());
  }

  /** Frames that were written since the journal was opened. */
  synchronized long frames() {
    return frames;
  }

  /** Closes the files as they are. */
  synchronized void close() {
    closed = true;
    if (current != null) {
      current.close();
    }
    for (Numbered file : older) {
      file.file.close();
    }
  }
}
