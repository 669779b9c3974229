package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiler refuses params and results that are not those of the task. */
class TypedEnqueueIsCheckedTest {
  private static final String CALLER =
      """
      import io.mrq.client.*;
      import io.mrq.task.*;
      import java.time.Duration;
      import java.util.List;

      abstract class Caller {
        record Welcome(String address) {}
        record Receipt(int sent) {}
        interface Mails {
          @MrqTask("mails.welcome") Receipt welcome(Welcome params);
          @MrqTask("mails.forget") void forget(Welcome params);
        }
        abstract static class Shout extends Task<Welcome, Receipt> {}
        static final TaskReference<Welcome, Receipt> WELCOME = TaskReference.to(Mails::welcome);
        void call(JobClient client) throws Exception {
          %s
        }
      }
      """;

  @TempDir Path classes;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Receipt r = client.enqueue(Mails::welcome, new Welcome(\"a\")).result(Duration.ZERO);",
        "Void nothing = client.enqueue(Mails::forget, new Welcome(\"a\")).result(Duration.ZERO);",
        "Receipt r = client.enqueue(Shout.class, new Welcome(\"a\")).result(Duration.ZERO);",
        "client.enqueue(WELCOME.with(new Welcome(\"a\")).delay(Duration.ZERO));",
        "List<JobHandle<Receipt>> all = client.enqueueAll(WELCOME, List.of(new Welcome(\"a\")));",
      })
  void whatFitsIsCompiled(String statement) {
    assertThat(errors(statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client.enqueue(Mails::welcome, \"a\");",
        "client.enqueue(Mails::forget, 7);",
        "client.enqueue(Shout.class, \"a\");",
        "WELCOME.with(new Receipt(1));",
        "client.enqueueAll(WELCOME, List.of(\"a\"));",
        "String r = client.enqueue(Mails::welcome, new Welcome(\"a\")).result(Duration.ZERO);",
        "client.enqueue(Mails::wellcome, new Welcome(\"a\"));",
        "TaskReference<Welcome, String> wrong = TaskReference.to(Mails::welcome);",
      })
  void whatDoesNotFitIsAnError(String statement) {
    assertThat(errors(statement)).isNotEmpty();
  }

  @Test
  void theTextAroundTheStatementsIsCompiled() {
    assertThat(errors("")).isEmpty();
  }

  private List<String> errors(String statement) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", core());
    compiler.getTask(null, null, found, options, null, List.of(source(statement))).call();
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  private static JavaFileObject source(String statement) {
    return new SimpleJavaFileObject(
        URI.create("string:///Caller.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return CALLER.formatted(statement);
      }
    };
  }

  private static String core() {
    try {
      return Path.of(JobClient.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
