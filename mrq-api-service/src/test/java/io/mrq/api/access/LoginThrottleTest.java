package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.access.LoginThrottle.Guesser;
import io.mrq.test.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guessing takes time. */
class LoginThrottleTest {
  private static final Guesser GUESSER = new Guesser("192.0.2.1", "admin");

  private final MutableClock clock = MutableClock.create();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  // AUTH-04
  @Test
  void afterAFewWrongPasswordsTheWaitDoubles() {
    for (int i = 0; i < LoginThrottle.WRONG_WITHOUT_WAIT - 1; i++) {
      throttle.wrong(GUESSER);
      assertThat(throttle.wait(GUESSER)).isZero();
    }

    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      throttle.wrong(GUESSER);
      assertThat(throttle.wait(GUESSER)).hasSeconds(seconds);
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(throttle.wait(GUESSER)).isZero();
    }
  }

  @Test
  void nobodyElseIsHeldUp() {
    guess(10);

    assertThat(throttle.wait(GUESSER)).isPositive();
    assertThat(throttle.wait(new Guesser("192.0.2.2", "admin"))).isZero();
    assertThat(throttle.wait(new Guesser("192.0.2.1", "operator"))).isZero();
  }

  @Test
  void theRightPasswordOrTimeMakesItForgotten() {
    guess(10);
    throttle.right(GUESSER);
    assertThat(throttle.wait(GUESSER)).isZero();

    guess(10);
    clock.advance(Duration.ofMinutes(11));
    guess(1);
    assertThat(throttle.wait(GUESSER)).isZero();
  }

  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      throttle.wrong(GUESSER);
    }
  }
}
