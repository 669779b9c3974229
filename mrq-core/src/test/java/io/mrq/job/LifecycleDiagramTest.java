package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The diagram in {@code docs/job-lifecycle.md} is drawn from {@link JobTransition}. When this
 * fails, run it with {@code -Dmrq.docs.write=true} and read what changed.
 */
class LifecycleDiagramTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "job-lifecycle.md");
  private static final String START = "<!-- diagram, written by LifecycleDiagramTest -->\n";
  private static final String END = "<!-- end of diagram -->\n";

  @Test
  void thePageShowsTheTableOfLegalMoves() throws IOException {
    String page = Files.readString(PAGE);
    String fresh =
        before(page, START) + START + "```mermaid\n" + diagram() + "```\n" + END + after(page);
    if (Boolean.getBoolean("mrq.docs.write")) {
      Files.writeString(PAGE, fresh);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(fresh);
  }

  /** One arrow for each pair of statuses, with every cause that moves a job so. */
  private static String diagram() {
    Map<String, String> causes = new LinkedHashMap<>();
    for (JobTransition row : JobTransition.values()) {
      if (row.from().isEmpty()) {
        add(causes, "[*]", row);
      }
      row.from().forEach(from -> add(causes, from.text(), row));
    }
    StringBuilder diagram = new StringBuilder("stateDiagram-v2\n");
    causes.forEach((arrow, cause) ->
        diagram.append("  ").append(arrow).append(": ").append(cause).append('\n'));
    for (JobStatus status : JobStatus.finals()) {
      diagram.append("  ").append(status.text()).append(" --> [*]: expired\n");
    }
    return diagram.toString();
  }

  private static void add(Map<String, String> causes, String from, JobTransition row) {
    causes.merge(
        from + " --> " + row.to().text(), row.cause(), (before, more) -> before + "<br/>" + more);
  }

  private static String before(String page, String marker) {
    assertThat(page).contains(marker);
    return page.substring(0, page.indexOf(marker));
  }

  private static String after(String page) {
    assertThat(page).contains(END);
    return page.substring(page.indexOf(END) + END.length());
  }
}
