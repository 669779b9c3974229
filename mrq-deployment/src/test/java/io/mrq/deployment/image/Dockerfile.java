package io.mrq.deployment.image;

import io.mrq.deployment.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Dockerfile, as far as we use its language.
 *
 * @param stages in their order; the last one is the image
 */
public record Dockerfile(List<Stage> stages) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");

  /**
   * One stage.
   *
   * @param name empty for one without
   * @param from the image that it starts from
   */
  public record Stage(String name, String from, List<Instruction> instructions) {
    List<String> all(String keyword) {
      return instructions.stream()
          .filter(i -> i.keyword().equals(keyword))
          .map(Instruction::rest)
          .toList();
    }

    String one(String keyword) {
      List<String> found = all(keyword);
      if (found.size() != 1) {
        throw new AssertionError(found.size() + " of " + keyword);
      }
      return found.getFirst();
    }
  }

  /** One instruction, its variables filled in, its lines joined. */
  public record Instruction(String keyword, String rest) {}

  /**
   * Reads it as a build with these arguments does.
   *
   * @param arguments in place of the defaults of {@code ARG}
   */
  public static Dockerfile read(Map<String, String> arguments) {
    List<Stage> stages = new ArrayList<>();
    Map<String, String> variables = new HashMap<>();
    String text =
        Repository.text("Dockerfile").replaceAll("(?m)^\\s*#.*\n", "").replaceAll("\\\\\n\\s*", "");
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      String[] words = line.split("\\s+", 2);
      String keyword = words[0].toUpperCase(Locale.ROOT);
      String rest = filled(words[1], variables);
      if (keyword.equals("ARG")) {
        String[] pair = rest.split("=", 2);
        variables.put(pair[0], arguments.getOrDefault(pair[0], pair[1]));
      } else if (keyword.equals("FROM")) {
        String[] names = rest.split(" AS ", 2);
        stages.add(new Stage(names.length == 2 ? names[1] : "", names[0], new ArrayList<>()));
      } else {
        stages.getLast().instructions().add(new Instruction(keyword, rest));
      }
    }
    return new Dockerfile(stages);
  }

  /** A stage by its name. */
  public Stage stage(String name) {
    return stages.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** The stage that is the image. */
  public Stage image() {
    return stages.getLast();
  }

  /** The variables that the image sets in every container, by name. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    Pattern pair = Pattern.compile("([A-Z_]+)=(\"[^\"]*\"|\\S+)");
    for (String rest : image().all("ENV")) {
      pair.matcher(rest)
          .results()
          .forEach(m -> environment.put(m.group(1), m.group(2).replace("\"", "")));
    }
    return environment;
  }

  private static String filled(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(m ->
            Matcher.quoteReplacement(variables.getOrDefault(m.group(1), "${" + m.group(1) + "}")));
  }
}
