package io.mrq.embedded.mongo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file below MVStore that remembers every change, so that a test can rebuild what lies on the
 * disk when the process is killed at any of them, or in the middle of one.
 */
public final class RecordedFile extends FilePathWrapper {

  /** One change of the file. */
  sealed interface Change {
    /** Bytes put at a place. */
    record Write(int position, byte[] bytes) implements Change {}

    /** The file cut to a length. */
    record Truncate(int size) implements Change {}

    /** All that was changed before is forced to the disk. */
    record Forced() implements Change {}

    /** Not a change: by now, so many commands have been answered. */
    record Answered(int commands) implements Change {}
  }

  static final List<Change> CHANGES = new ArrayList<>();

  /** The path to give to the store instead of the real one. */
  static Path of(Path file) {
    FilePath.register(new RecordedFile());
    CHANGES.clear();
    return Path.of("recorded:" + file);
  }

  @Override
  public String getScheme() {
    return "recorded";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Recording(getBase().open(mode));
  }

  private static final class Recording extends ForwardedFile {

    Recording(FileChannel file) {
      super(file);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      byte[] bytes = new byte[source.remaining()];
      source.duplicate().get(bytes);
      CHANGES.add(new Change.Write((int) position, bytes));
      return super.write(source, position);
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException("the store writes to places only");
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      CHANGES.add(new Change.Truncate((int) size));
      return super.truncate(size);
    }

    @Override
    public void force(boolean metaData) {
      CHANGES.add(new Change.Forced());
    }
  }
}
