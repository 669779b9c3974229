package io.mrq.deployment.behaviours;

import io.mrq.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of the repository that people write. */
final class SourceFiles {
  private static final Path ROOT = Repository.path("");

  private static final String CONTRACTS = "mrq-test/src/main/java/io/mrq/test/contract/";

  private static final Set<String> TEXTS =
      Set.of(
          "conf",
          "css",
          "env",
          "html",
          "java",
          "js",
          "json",
          "lua",
          "md",
          "properties",
          "puml",
          "sh",
          "toml",
          "txt",
          "xml",
          "yaml",
          "yml");

  private SourceFiles() {}

  /** Paths from the root of every text file, except of what builds make. */
  static List<String> all() {
    List<String> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = folder.equals(ROOT) ? "" : folder.getFileName().toString();
              boolean made = name.equals("target") || name.startsWith(".") && !isGitHub(name);
              return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              if (TEXTS.contains(name.substring(name.lastIndexOf('.') + 1))) {
                files.add(ROOT.relativize(file).toString().replace('\\', '/'));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted().collect(Collectors.toList());
  }

  private static boolean isGitHub(String name) {
    return name.equals(".github");
  }

  /** Whether the file holds tests; contracts do, since every store inherits theirs. */
  static boolean isTest(String file) {
    return file.endsWith(".java")
        && (file.contains("/src/test/java/") || file.startsWith(CONTRACTS));
  }
}
