package io.mrq.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
  @Test
  void theStoredFormShowsTheScopeAndHidesTheKey() {
    assertThat(new IdempotencyKey("api", "abc", "body").stored())
        .isEqualTo("api:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
