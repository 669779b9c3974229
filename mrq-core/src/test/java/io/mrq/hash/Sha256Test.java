package io.mrq.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {
  @Test
  void aTextHasTheHashOfItsBytesInUtf8() {
    assertThat(Sha256.hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.of(bytes("Grü"), bytes("ße"))).isEqualTo(Sha256.of(bytes("Grüße")));
  }

  @Test
  void onlyEqualHashesAreTheSame() {
    assertThat(Sha256.same("ab", "ab")).isTrue();
    assertThat(Sha256.same("ab", "ac")).isFalse();
    assertThat(Sha256.same("ab", "abc")).isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
