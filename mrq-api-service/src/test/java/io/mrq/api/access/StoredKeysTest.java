package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeyRing;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys that are read from the store and remembered for seconds. */
class StoredKeysTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final ApiKeyRing ring = new ApiKeyRing(store.apiKeys(), clock);
  private final StoredKeys here = new StoredKeys(ring, clock);
  private final StoredKeys elsewhere = new StoredKeys(ring, clock);

  @Test
  void aKeyIsKnownByItsWholeSecret() {
    ApiKeyRing.Made made = ring.make("shop", "operator", "admin", null);
    String secret = made.secret();

    assertThat(here.holder(secret)).contains(Caller.key("shop", Role.OPERATOR));
    assertThat(here.holder(secret.substring(0, secret.length() - 1) + "!")).isEmpty();
    assertThat(here.holder("mrq_" + made.key().id() + "_" + "x".repeat(43))).isEmpty();
    assertThat(here.holder(made.key().hash())).isEmpty();
    assertThat(here.holder("")).isEmpty();
  }

  @Test
  void aRevokedKeyOpensNothingHereAtOnceAndElsewhereInSeconds() {
    ApiKeyRing.Made made = ring.make("shop", "operator", "admin", null);
    assertThat(here.holder(made.secret())).isPresent();
    assertThat(elsewhere.holder(made.secret())).isPresent();

    ring.revoke(made.key().id());
    here.forget(made.key().id());

    assertThat(here.holder(made.secret())).isEmpty();
    clock.advance(StoredKeys.REMEMBERED);
    assertThat(elsewhere.holder(made.secret())).isEmpty();
  }

  @Test
  void aKeyExpiresAlthoughItIsRemembered() {
    ApiKeyRing.Made made = ring.make("shop", "viewer", "admin", clock.instant().plusSeconds(1));
    assertThat(here.holder(made.secret())).isPresent();

    clock.advance(Duration.ofSeconds(1));

    assertThat(here.holder(made.secret())).isEmpty();
  }

  @Test
  void aBusyServiceCostsNoReadARequest() {
    ApiKeyRing.Made made = ring.make("shop", "viewer", "admin", null);
    assertThat(here.holder(made.secret())).isPresent();
    used(made);

    store.setAvailable(false);

    assertThat(here.holder(made.secret())).isPresent();
    clock.advance(StoredKeys.REMEMBERED);
    assertThatThrownBy(() -> here.holder(made.secret()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void itsUseIsNotedOnceAMinute() {
    ApiKeyRing.Made made = ring.make("shop", "viewer", "admin", null);

    here.holder(made.secret());
    used(made);
    var first = clock.instant();
    clock.advance(Duration.ofSeconds(59));
    here.holder(made.secret());
    assertThat(ring.find(made.key().id()).map(ApiKey::used)).contains(first);

    clock.advance(Duration.ofSeconds(1));
    here.holder(made.secret());
    used(made);
  }

  /** A role that this version does not know gives no right at all. */
  @Test
  void aStrangeRoleOpensNothing() {
    ApiKeyRing.Made made = ring.make("shop", "root", "admin", null);

    assertThat(here.holder(made.secret())).isEmpty();
  }

  private void used(ApiKeyRing.Made made) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            ring.find(made.key().id()).map(ApiKey::used).equals(Optional.of(clock.instant())));
  }
}
