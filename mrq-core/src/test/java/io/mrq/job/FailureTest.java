package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
  // JOB-07
  @Test
  void anExceptionIsStoredByItsSimpleNameWithItsTrace() {
    Failure failure = Failure.of(new IllegalStateException("it broke", new Cause("at the root")));

    assertThat(failure.exceptiontype()).isEqualTo("IllegalStateException");
    assertThat(failure.traceback())
        .contains("it broke")
        .contains("anExceptionIsStoredByItsSimpleNameWithItsTrace")
        .contains("Caused by")
        .contains("at the root");
    assertThat(failure.originalTraceback()).isNull();
  }

  @Test
  void anAnonymousExceptionHasANameToo() {
    assertThat(Failure.of(new RuntimeException("odd") {}).exceptiontype())
        .startsWith(FailureTest.class.getName());
  }

  @Test
  void aTraceOfTheLargestSizeIsKept() {
    String trace = "x".repeat(Failure.MAX_TRACE);

    Failure failure = new Failure("E", trace, trace);

    assertThat(failure.traceback()).isEqualTo(trace);
    assertThat(failure.originalTraceback()).isEqualTo(trace);
  }

  // BUG-38
  @Test
  void aLongerTraceKeepsItsHeadAndItsTail() {
    String trace = "thrown here" + "x".repeat(1_000_000) + "first cause";

    Failure failure = new Failure("E", trace, trace);

    assertThat(failure.traceback())
        .hasSizeLessThanOrEqualTo(Failure.MAX_TRACE)
        .hasSizeGreaterThan(Failure.MAX_TRACE - 100)
        .startsWith("thrown here")
        .endsWith("first cause")
        .contains("characters left out");
    assertThat(failure.originalTraceback()).isEqualTo(failure.traceback());
  }

  @Test
  void theTraceSaysHowMuchIsLeftOut() {
    String trace = "x".repeat(Failure.MAX_TRACE + 1);

    String bounded = new Failure("E", trace, null).traceback();

    long kept = bounded.chars().filter(c -> c == 'x').count();
    // The word "characters" of the remark holds no x.
    assertThat(bounded).contains(" " + (trace.length() - kept) + " characters");
  }

  private static final class Cause extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Cause(String message) {
      super(message);
    }
  }
}
