package io.mrq.deployment.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart, and what Helm makes of it. */
final class Chart {
  static final YAMLMapper YAML = new YAMLMapper();
  private static final Path FOLDER = Repository.path("helm/mrq");

  /** A copy whose hooks are plain objects: the library leaves hooks out of what it renders. */
  private static final Path RENDERED = withoutHooks();

  private Chart() {}

  /** The values files that stand for the ways to install it. */
  static List<Path> valuesFiles() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path valuesFile(String name) {
    return FOLDER.resolve("ci").resolve(name + "-values.yaml");
  }

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /** The objects that an installation with the chart's own values makes. */
  static Objects render() {
    return render(Map.of());
  }

  static Objects render(Path values) {
    return objects(template().withValuesFile(values));
  }

  /** The objects with a few values set, as by {@code --set}. */
  static Objects render(Map<String, ?> values) {
    TemplateCommand command = template();
    values.forEach(command::set);
    return objects(command);
  }

  private static TemplateCommand template() {
    return new Helm(RENDERED)
        .template()
        .withName("jobs")
        .withNamespace("queues")
        .withKubeVersion("1.31.0");
  }

  private static Path withoutHooks() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      Path copy = Files.createDirectories(Path.of("target", "chart"));
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(FOLDER.relativize(file).toString());
        Files.createDirectories(java.util.Objects.requireNonNull(to.getParent()));
        Files.writeString(to, Files.readString(file).replace("helm.sh/hook: test", "hook: test"));
      }
      return copy.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Objects objects(TemplateCommand command) {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(command.call())) {
      return new Objects(
          documents.readAll().stream().filter(d -> !d.isMissingNode() && !d.isNull()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
