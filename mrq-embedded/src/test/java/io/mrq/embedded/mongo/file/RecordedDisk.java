package io.mrq.embedded.mongo.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies on a disk, by the name of the file, at some moment of a recording. */
public final class RecordedDisk {

  private final Map<String, byte[]> files = new TreeMap<>();

  /** The disk after all changes. */
  public static RecordedDisk after(List<RecordedFile.Change> changes) {
    RecordedDisk disk = new RecordedDisk();
    changes.forEach(disk::apply);
    return disk;
  }

  public RecordedDisk copy() {
    RecordedDisk copy = new RecordedDisk();
    copy.files.putAll(files);
    return copy;
  }

  public Set<String> files() {
    return Set.copyOf(files.keySet());
  }

  public byte[] bytes(String file) {
    return files.getOrDefault(file, new byte[0]);
  }

  public void put(String file, byte[] bytes) {
    files.put(file, bytes);
  }

  /** The name of the only file of the journal. */
  public String journal() {
    List<String> journals = files.keySet().stream().filter(f -> f.contains(".journal-")).toList();
    if (journals.size() != 1) {
      throw new IllegalStateException("the files of the journal are " + journals);
    }
    return journals.getFirst();
  }

  public void apply(RecordedFile.Change change) {
    switch (change) {
      case RecordedFile.Change.Answered _,
          RecordedFile.Change.Forced _,
          RecordedFile.Change.Secured _ -> {}
      case RecordedFile.Change.Delete(String file) -> files.remove(file);
      case RecordedFile.Change.Truncate(String file, int size) ->
          files.put(file, Arrays.copyOf(bytes(file), size));
      case RecordedFile.Change.Write(String file, int position, byte[] bytes) ->
          write(file, position, bytes);
    }
  }

  public void write(String file, int position, byte[] bytes) {
    byte[] before = bytes(file);
    byte[] after = Arrays.copyOf(before, Math.max(before.length, position + bytes.length));
    System.arraycopy(bytes, 0, after, position, bytes.length);
    files.put(file, after);
  }

  /** Lays the files into a folder, and nothing else. */
  public void into(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> old = Files.list(folder)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
