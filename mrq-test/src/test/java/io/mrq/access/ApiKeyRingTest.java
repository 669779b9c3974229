package io.mrq.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import org.junit.jupiter.api.Test;

/** Making and knowing API keys. */
class ApiKeyRingTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final ApiKeyRing ring = new ApiKeyRing(store.apiKeys(), clock);

  @Test
  void aSecretIsKeptAsAHashOnly() {
    ApiKeyRing.Made made = ring.make("shop", "operator", "admin", null);

    assertThat(made.secret()).matches("mrq_[a-z0-9]{10}_[A-Za-z0-9_-]{43}");
    assertThat(ApiKeyRing.idOf(made.secret())).contains(made.key().id());
    ApiKey stored = ring.find(made.key().id()).orElseThrow();
    assertThat(stored).isEqualTo(made.key());
    assertThat(stored.hash()).matches("[0-9a-f]{64}");
    assertThat(stored.created()).isEqualTo(clock.instant());
    assertThat(stored.createdBy()).isEqualTo("admin");
    assertThat(made.toString() + stored)
        .contains(stored.id(), "shop")
        .doesNotContain(made.secret(), stored.hash());
  }

  @Test
  void onlyTheWholeSecretIsRight() {
    ApiKeyRing.Made made = ring.make("shop", "operator", "admin", null);
    ApiKeyRing.Made other = ring.make("shop", "operator", "admin", null);

    assertThat(ApiKeyRing.isSecretOf(made.key(), made.secret())).isTrue();
    assertThat(ApiKeyRing.isSecretOf(made.key(), other.secret())).isFalse();
    assertThat(ApiKeyRing.isSecretOf(made.key(), made.secret() + "x")).isFalse();
    assertThat(ApiKeyRing.isSecretOf(made.key(), made.key().hash())).isFalse();
    assertThat(ApiKeyRing.idOf("mrq_short")).isEmpty();
    assertThat(ApiKeyRing.idOf("mrq_" + "$".repeat(10) + "_" + "x".repeat(43))).isEmpty();
  }

  @Test
  void aKeyEndsWhenItIsRevokedOrItsTimeHasCome() {
    ApiKey limited = ring.make("shop", "operator", "admin", clock.instant().plusSeconds(60)).key();
    ApiKey endless = ring.make("shop", "operator", "admin", null).key();

    assertThat(limited.isValid(clock.instant().plusSeconds(59))).isTrue();
    assertThat(limited.isValid(clock.instant().plusSeconds(60))).isFalse();
    assertThat(endless.isValid(clock.instant().plusSeconds(1_000_000_000))).isTrue();
    assertThat(ring.revoke(endless.id())).isTrue();
    assertThat(ring.revoke(endless.id())).isFalse();
    assertThat(ring.list()).containsExactly(limited);
  }

  @Test
  void itsLastUseIsNoted() {
    ApiKey key = ring.make("shop", "operator", "admin", null).key();

    ring.used(key.id());

    assertThat(ring.find(key.id()).orElseThrow().used()).isEqualTo(clock.instant());
  }
}
