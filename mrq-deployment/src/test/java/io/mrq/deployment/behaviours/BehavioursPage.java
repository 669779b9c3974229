package io.mrq.deployment.behaviours;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code docs/behaviours.md} below its introduction. */
record BehavioursPage(Catalogue catalogue, Citations citations) {
  /** As wide as an id, so that none is broken at its hyphen. */
  private static final String ID_COLUMN = "&nbsp;".repeat(5) + "id" + "&nbsp;".repeat(5);

  String text() {
    StringBuilder page = new StringBuilder();
    sums(page);
    plans(page);
    catalogue.areas().forEach(area -> table(page, area));
    return page.append('\n').toString();
  }

  private void sums(StringBuilder page) {
    page.append("\n## In figures\n| area | ids |");
    for (Behaviour.State state : Behaviour.State.values()) {
      page.append(' ').append(state.text()).append(" |");
    }
    page.append("\n|---|--:|--:|--:|--:|--:|--:|\n");
    for (Area area : catalogue.areas()) {
      row(page, "[%s](#%s)".formatted(area.heading(), area.anchor()), List.of(area));
    }
    row(page, "**all**", catalogue.areas());
  }

  private static void row(StringBuilder page, String title, Collection<Area> areas) {
    long all = areas.stream().mapToLong(a -> a.behaviours().size()).sum();
    page.append("| ").append(title).append(" | ").append(all).append(" |");
    for (Behaviour.State state : Behaviour.State.values()) {
      page.append(' ').append(areas.stream().mapToLong(a -> a.count(state)).sum()).append(" |");
    }
    page.append('\n');
  }

  private void plans(StringBuilder page) {
    page.append("\n## What is planned\n| capability | what it brings | ids |\n|---|---|--:|\n");
    catalogue
        .capabilities()
        .forEach((name, what) ->
            page.append("| %s | %s | %d |\n".formatted(name, cell(what), planned(name))));
  }

  private long planned(String capability) {
    return catalogue.behaviours().filter(b -> b.planned().equals(capability)).count();
  }

  private void table(StringBuilder page, Area area) {
    page.append("\n## ").append(area.heading()).append('\n');
    page.append("| " + ID_COLUMN + " | what | shown by, or why not |\n|---|---|---|\n");
    for (Behaviour behaviour : area.behaviours()) {
      page.append(
          "| %s | %s | %s |\n".formatted(behaviour.id(), what(behaviour), state(behaviour)));
    }
  }

  private static String what(Behaviour behaviour) {
    String differs = behaviour.differs();
    return cell(behaviour.what())
        + (differs.isEmpty() ? "" : " <br>*Differs from Python MRQ: %s*".formatted(cell(differs)));
  }

  private String state(Behaviour behaviour) {
    return switch (behaviour.state()) {
      case DONE -> tests(behaviour);
      case PARTLY ->
          "**Partly.** Missing: %s%s <br>%s"
              .formatted(
                  cell(behaviour.missing()),
                  behaviour.planned().isEmpty()
                      ? ""
                      : " Planned: %s.".formatted(behaviour.planned()),
                  tests(behaviour));
      case PLANNED -> "**Planned:** " + behaviour.planned();
      case DECIDED_AGAINST -> "**Decided against:** " + cell(behaviour.against());
      case NOT_APPLICABLE -> "**Not applicable:** " + cell(behaviour.without());
    };
  }

  /** Each class with a link, and its tests in words, which a narrow column can break. */
  private String tests(Behaviour behaviour) {
    Map<String, List<CitingTest>> classes =
        citations.of(behaviour.id()).stream()
            .collect(Collectors.groupingBy(CitingTest::file, TreeMap::new, Collectors.toList()));
    return classes.values().stream().map(BehavioursPage::link).collect(Collectors.joining(" <br>"));
  }

  private static String link(List<CitingTest> ofAClass) {
    CitingTest first = ofAClass.getFirst();
    String tests =
        ofAClass.stream()
            .map(CitingTest::words)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining("; "));
    return "[%s](../%s)%s"
        .formatted(first.type(), first.file(), tests.isEmpty() ? "" : ": " + tests);
  }

  private static String cell(String text) {
    return text.replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
