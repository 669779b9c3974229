package io.mrq.deployment.behaviours;

import io.mrq.deployment.Repository;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tests cite which ids. A citation is a comment of ids alone, {@code // AREA-12, AREA-13}, on
 * the lines above the annotations of a test or of a class of tests.
 */
final class Citations {
  private static final Pattern DECLARATION =
      Pattern.compile("\\bvoid\\s+(\\w+)\\s*\\(|\\b(?:class|interface)\\s+\\w");

  private final Map<String, SortedSet<CitingTest>> byId = new TreeMap<>();
  private final List<String> strays = new ArrayList<>();

  private final Pattern ids;
  private final Pattern line;

  Citations(Pattern ids) {
    this.ids = ids;
    this.line = Pattern.compile("(?m)^ *//(?: %s,?)+$".formatted(ids.pattern()));
  }

  /** An expression for the ids of these areas, whether the catalogue knows them or not. */
  static Pattern ids(Collection<Area> areas) {
    return Pattern.compile(
        areas.stream().map(Area::id).collect(Collectors.joining("|", "\\b(?:", ")-\\d{2}\\b")));
  }

  static Citations read(Pattern ids) {
    Citations citations = new Citations(ids);
    SourceFiles.all().stream()
        .filter(SourceFiles::isTest)
        .forEach(file -> citations.add(file, Repository.text(file)));
    return citations;
  }

  /** All ids that are cited, known or not. */
  Collection<String> cited() {
    return byId.keySet();
  }

  SortedSet<CitingTest> of(String id) {
    return byId.getOrDefault(id, Collections.emptySortedSet());
  }

  /** Ids in tests that are no citations: in names, in sentences, in the middle of a test. */
  List<String> strays() {
    return strays;
  }

  void add(String file, String text) {
    String type = file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length());
    Matcher declaration = DECLARATION.matcher(text);
    StringBuilder rest = new StringBuilder(text);
    for (Matcher found = line.matcher(text); found.find(); ) {
      if (declaration.find(found.end())) {
        String method = declaration.group(1) == null ? "" : declaration.group(1);
        CitingTest test = new CitingTest(file, type, method);
        ids.matcher(found.group())
            .results()
            .forEach(id -> byId.computeIfAbsent(id.group(), _ -> new TreeSet<>()).add(test));
        rest.replace(found.start(), found.end(), " ".repeat(found.end() - found.start()));
      }
    }
    ids.matcher(rest).results().forEach(id -> strays.add(type + ": " + id.group()));
  }
}
