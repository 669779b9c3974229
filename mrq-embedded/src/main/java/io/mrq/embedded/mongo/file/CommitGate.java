package io.mrq.embedded.mongo.file;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets many writers change the store at once and commits for all of them together, before any of
 * them is answered.
 *
 * <p>Writers share {@link #changing}; a commit takes it alone for the moment in which it collects
 * the changes, so it never falls into the middle of a write and neither the journal nor the file
 * ever holds a document without its index entry. Whoever gets {@link #committing} commits for
 * everybody who has written by then.
 */
public final class CommitGate {

  private final StoreFile file;
  private final boolean fsync;
  private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();
  private final ReentrantLock committing = new ReentrantLock();
  private final AtomicLong written = new AtomicLong();
  private volatile long committed;

  public CommitGate(StoreFile file, boolean fsync) {
    this.file = file;
    this.fsync = fsync;
  }

  /** Runs one write and returns its answer when all that it changed is committed. */
  public <T extends @Nullable Object> T write(Supplier<T> change) {
    long mine;
    T answer;
    Lock shared = changing.readLock();
    shared.lock();
    try {
      answer = whole(change);
    } finally {
      mine = written.incrementAndGet();
      shared.unlock();
    }
    commitUpTo(mine);
    return answer;
  }

  /** Changes the store without waiting for the commit, for changes that no client waits for. */
  public <T> T change(Supplier<T> change) {
    Lock shared = changing.readLock();
    shared.lock();
    try {
      return whole(change);
    } finally {
      shared.unlock();
    }
  }

  /** Makes a change, or breaks the file off, so that nobody sees a half of it. */
  private <T extends @Nullable Object> T whole(Supplier<T> change) {
    try {
      return change.get();
    } catch (Error e) {
      // Out of memory, for one: a document may be there without its index entries.
      file.breakOff(e);
      throw e;
    }
  }

  /**
   * Runs one write while no other is under way, and returns its answer when all that it changed is
   * committed. Only such a write may call {@link StoreFile#makeRoom}.
   */
  public <T> T writeAlone(Supplier<T> change) {
    AtomicReference<T> answer = new AtomicReference<>();
    alone(() -> {
      answer.set(whole(change));
      file.commit();
    });
    return answer.get();
  }

  /** Runs something on the file while no write is under way and every write is committed. */
  public void alone(Runnable work) {
    committing.lock();
    Lock exclusive = changing.writeLock();
    exclusive.lock();
    try {
      file.commit();
      work.run();
    } finally {
      exclusive.unlock();
      committing.unlock();
    }
  }

  private void commitUpTo(long mine) {
    if (committed >= mine) {
      return;
    }
    committing.lock();
    try {
      if (committed >= mine) {
        return;
      }
      if (file.isBehind()) {
        file.finishCheckpoint();
      }
      commitAll();
      if (file.isCheckpointDue()) {
        beginCheckpoint();
      }
    } catch (Throwable e) {
      // Changes may be taken and not in the journal. Others wait for them, and none of those may be
      // answered as if they were.
      file.breakOff(e);
      throw e;
    } finally {
      committing.unlock();
    }
  }

  private void commitAll() {
    long upTo;
    @Nullable ByteBuffer frame;
    Lock exclusive = changing.writeLock();
    exclusive.lock();
    try {
      upTo = written.get();
      frame = file.takeChanges();
    } finally {
      exclusive.unlock();
    }
    if (frame != null) {
      file.append(frame);
    }
    if (fsync) {
      file.secure();
    }
    committed = upTo;
  }

  private void beginCheckpoint() {
    Lock exclusive = changing.writeLock();
    exclusive.lock();
    try {
      file.beginCheckpoint();
    } finally {
      exclusive.unlock();
    }
  }
}
