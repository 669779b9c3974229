package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Failures of one fault have one fingerprint, and those of two faults two (protocol §1). */
class FingerprintTest {
  private static Throwable thrown(StackTraceElement... frames) {
    return with(new IllegalStateException("n " + System.nanoTime()), frames);
  }

  private static <T extends Throwable> T with(T thrown, StackTraceElement... frames) {
    thrown.setStackTrace(frames);
    return thrown;
  }

  private static StackTraceElement at(String type, String method, int line) {
    return new StackTraceElement(type, method, null, line);
  }

  private static String of(Throwable thrown) {
    return Fingerprint.of("mails.Send", Failure.of(thrown));
  }

  @Test
  void itNamesTheInnermostFrameOfTheApplication() {
    Throwable thrown =
        thrown(
            at("java.util.Objects", "requireNonNull", 5),
            at("com.example.Mailer", "send", 7),
            at("com.example.Tasks", "run", 8),
            at("org.springframework.aop.Proxies", "invoke", 9),
            at("io.mrq.engine.run.JobExecutor", "run", 10));

    assertThat(of(thrown)).matches("com\\.example\\.Mailer\\.send:[0-9a-f]{10}");
    assertThat(Fingerprint.frame(of(thrown))).contains("com.example.Mailer.send");
    assertThat(FailureOrigin.of(thrown))
        .isEqualTo(
            new FailureOrigin(
                "java.lang.IllegalStateException",
                List.of("com.example.Mailer.send", "com.example.Tasks.run")));
  }

  @Test
  void messagesAndLinesMakeNoOtherFault() {
    assertThat(of(thrown(at("com.example.Mailer", "send", 7))))
        .isEqualTo(of(thrown(at("com.example.Mailer", "send", 70))));
  }

  @Test
  void taskTypeCauseAndFramesMakeAnotherFault() {
    Throwable thrown = thrown(at("com.example.Mailer", "send", 7));
    String fingerprint = of(thrown);

    assertThat(Fingerprint.of("mails.Other", Failure.of(thrown))).isNotEqualTo(fingerprint);
    assertThat(of(with(new IllegalArgumentException(), at("com.example.Mailer", "send", 7))))
        .isNotEqualTo(fingerprint);
    assertThat(of(thrown(at("com.example.Mailer", "send", 7), at("com.example.Tasks", "other", 8))))
        .isNotEqualTo(fingerprint);
    assertThat(of(with(new IllegalStateException(thrown), at("com.example.Mailer", "send", 7))))
        .isEqualTo(fingerprint);
    assertThat(
            of(new IllegalStateException(with(new ArithmeticException(), thrown.getStackTrace()))))
        .isNotEqualTo(fingerprint);
  }

  @Test
  void theDeepestCauseWithFramesOfTheApplicationTellsThePlace() {
    Throwable io = with(new ArithmeticException(), at("java.net.Socket", "connect", 1));
    Throwable middle = with(new RuntimeException(io), at("com.example.Client", "call", 2));
    Throwable outer = with(new IllegalStateException(middle), at("com.example.Task", "run", 3));

    assertThat(FailureOrigin.of(outer))
        .isEqualTo(
            new FailureOrigin("java.lang.ArithmeticException", List.of("com.example.Client.call")));
  }

  @Test
  void numbersOfGeneratedCodeMakeNoOtherFault() {
    assertThat(
            FailureOrigin.of(
                    thrown(
                        at("com.example.Task", "lambda$run$3", 1),
                        at("com.example.Task$1", "apply", 2),
                        at("com.example.Task$$SpringCGLIB$$0", "run", 3)))
                .frames())
        .containsExactly("com.example.Task.run", "com.example.Task$.apply");
    assertThat(of(thrown(at("com.example.$Proxy12", "call", 1))))
        .isEqualTo(of(thrown(at("com.example.$Proxy13", "call", 1))));
    assertThat(of(thrown(at("com.example.A", "access$000", 1))))
        .isEqualTo(of(thrown(at("com.example.A", "access$100", 1))));
  }

  @Test
  void aRecursionOfAnotherDepthIsTheSameFault() {
    StackTraceElement parse = at("com.example.Parser", "parse", 1);
    StackTraceElement run = at("com.example.Task", "run", 1);

    assertThat(of(thrown(parse, run))).isEqualTo(of(thrown(parse, parse, parse, parse, run)));
  }

  @Test
  void whereNoFrameIsTheApplicationsALibraryStandsIn() {
    assertThat(of(thrown(at("java.lang.Thread", "run", 1), at("io.mrq.tasks.Http", "run", 2))))
        .startsWith("io.mrq.tasks.Http.run:");
  }

  @Test
  void anExceptionWithoutAStackIsToldByItsType() {
    assertThat(of(thrown())).matches("IllegalStateException~[0-9a-f]{10}");
    assertThat(Fingerprint.frame(of(thrown()))).isEmpty();
    assertThat(of(thrown())).isEqualTo(of(thrown()));
  }

  @Test
  void aFailureWithoutAnExceptionIsToldByItsTypeAlone() {
    String fingerprint = Fingerprint.of("a.B", Failure.of("TimeoutInterrupt", "after 3 s"));

    assertThat(fingerprint).isEqualTo("TimeoutInterrupt");
    assertThat(Fingerprint.frame(fingerprint)).isEmpty();
  }

  @Test
  void causesInACircleEnd() {
    Knot one = new Knot();
    Knot two = new Knot();
    one.other = two;
    two.other = one;

    assertThat(of(one)).isNotEmpty();
  }

  @Test
  void aLongNameIsCutAtItsBeginning() {
    String fingerprint = of(thrown(at("com.example." + "x".repeat(300), "send", 7)));

    assertThat(fingerprint).hasSizeLessThan(170).startsWith("…").contains("x.send:");
  }

  private static final class Knot extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private @Nullable Throwable other;

    @Override
    public synchronized @Nullable Throwable getCause() {
      return other;
    }
  }

  /** An exception of a library knows no more than its stack; this one does. */
  private static final class Refused extends RuntimeException implements FaultPlace {
    private static final long serialVersionUID = 1L;
    private final String place;

    Refused(String place) {
      this.place = place;
    }

    @Override
    public String faultPlace() {
      return place;
    }
  }

  @Test
  void anExceptionThatNamesItsPlaceIsKnownByItAndNotByItsFrames() {
    Throwable one = with(new Refused("404 from\na.example"), at("com.example.Mailer", "send", 7));
    Throwable same = with(new Refused("404 from a.example"), at("com.example.Other", "send", 7));

    assertThat(of(one)).startsWith("404 from a.example:").isEqualTo(of(same));
    assertThat(of(new IllegalStateException(one))).startsWith("404 from a.example:");
    assertThat(of(new Refused("404 from b.example"))).isNotEqualTo(of(one));
  }
}
