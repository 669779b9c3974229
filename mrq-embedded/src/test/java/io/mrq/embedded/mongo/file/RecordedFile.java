package io.mrq.embedded.mongo.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file below the store that remembers every change, and so do the files of its journal. A test
 * can rebuild what lies on the disk when the process is killed at any of them, or in the middle of
 * one.
 */
public final class RecordedFile extends FilePathWrapper {

  /** One change of a file, which has this name. */
  public sealed interface Change {
    /** Bytes put at a place. */
    record Write(String file, int position, byte[] bytes) implements Change {}

    /** The file cut to a length. */
    record Truncate(String file, int size) implements Change {}

    /** The file is no more. */
    record Delete(String file) implements Change {}

    /** All of the file that was changed before is forced to the disk. */
    record Forced(String file) implements Change {}

    /** Not a change: what was answered before survives a power failure. */
    record Secured() implements Change {}

    /** Not a change: by now, so many commands have been answered. */
    record Answered(int commands) implements Change {}

    /** The name of the file; empty when it is about none. */
    default String file() {
      return "";
    }
  }

  public static final List<Change> CHANGES = Collections.synchronizedList(new ArrayList<>());

  /** Runs before each write. */
  public static volatile Runnable beforeWrite = () -> {};

  /** The path to give to the store instead of the real one. */
  public static Path of(Path file) {
    FilePath.register(new RecordedFile());
    CHANGES.clear();
    beforeWrite = () -> {};
    return Path.of("recorded:" + file);
  }

  @Override
  public String getScheme() {
    return "recorded";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Recording(getBase().getName(), getBase().open(mode));
  }

  @Override
  public void delete() {
    CHANGES.add(new Change.Delete(getBase().getName()));
    super.delete();
  }

  private static final class Recording extends ForwardedFile {

    private final String name;

    Recording(String name, FileChannel file) {
      super(file);
      this.name = name;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      beforeWrite.run();
      byte[] bytes = new byte[source.remaining()];
      source.duplicate().get(bytes);
      CHANGES.add(new Change.Write(name, (int) position, bytes));
      return super.write(source, position);
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException("the store writes to places only");
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      CHANGES.add(new Change.Truncate(name, (int) size));
      return super.truncate(size);
    }

    @Override
    public void force(boolean metaData) {
      CHANGES.add(new Change.Forced(name));
    }
  }
}
