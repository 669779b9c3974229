package io.mrq.embedded.mongo.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acknowledged changes that the file beside it does not hold yet, in numbered files. Each
 * commit of the file begins a new number, and says in the file which number follows it; so the file
 * holds all changes of the numbers before, and none of that one. It says, too, the id of the file
 * with that number, which is drawn at random, and each file names the one before it. So a journal
 * that was left beside another file, or beside an older copy, is not taken for its own.
 */
final class Journal {

  /** Changes that are more than this are not written to the journal but to the file at once. */
  static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  private final String path;
  private final Deque<Numbered> older = new ArrayDeque<>();
  private long number;
  private long id;
  private @Nullable JournalFile current;
  private long olderBytes;
  private long frames;
  private boolean closed;

  private record Numbered(long number, JournalFile file) {}

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private Journal(String path, long number, long id) {
    this.path = path;
    this.number = number;
    this.id = id;
  }

  /**
   * Opens what an earlier process left, and begins a new number behind it.
   *
   * @param file the file beside which the journal lies
   * @param first the number that follows the state of the file
   * @param id of the file with that number
   * @param frames are given the changes that the file does not hold, in their order
   */
  static Journal open(Path file, long first, long id, Consumer<ByteBuffer> frames)
      throws IOException {
    Journal journal = new Journal(file + ".journal-", first, id);
    for (long done = first - 1; journal.file(done).exists(); done--) {
      journal.file(done).delete();
    }
    JournalFile before = null;
    while (journal.file(journal.number).exists()) {
      FilePath path = journal.file(journal.number);
      before = JournalFile.read(path, journal.number, id, before, frames);
      if (before == null) {
        journal.moveAway();
        return journal;
      }
      journal.setAside(before);
    }
    // Behind a gap lies only what a copy of the folder, made while it was used, has too much.
    for (long late = journal.number + 1; journal.file(late).exists(); late++) {
      journal.file(late).delete();
    }
    return journal;
  }

  static long newId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  /** Gives other names to the files from the current number on. */
  private void moveAway() {
    for (long other = number; file(other).exists(); other++) {
      FilePath kept = FilePath.get(path + other + ".of-another-store-" + newId());
      log.warn(
          "{} was written for another store, or for another state of this one, and is not read into"
              + " this file. It is kept as {}.",
          file(other),
          kept);
      file(other).moveTo(kept, false);
    }
  }

  private FilePath file(long number) {
    return FilePath.get(path + number);
  }

  private void setAside(JournalFile file) {
    older.add(new Numbered(number, file));
    olderBytes += file.length();
    number++;
    id = newId();
  }

  /** Appends a frame. It survives the death of this process, not of the machine. */
  synchronized void append(ByteBuffer frame) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (current == null) {
      Numbered last = older.peekLast();
      JournalFile before = last != null && last.number == number - 1 ? last.file : null;
      current = JournalFile.create(file(number), number, id, before);
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

  /** The id of the file with the last number. */
  synchronized long id() {
    return id;
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
