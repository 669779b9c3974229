package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mrq.access.ApiKey;
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
  private final ApiKeyIssuer issuer = new ApiKeyIssuer(store.apiKeys(), clock);
  private final StoredKeys here = new StoredKeys(store.apiKeys(), clock);
  private final StoredKeys elsewhere = new StoredKeys(store.apiKeys(), clock);

  @Test
  void aKeyIsKnownByItsWholeSecret() {
    ApiKeyIssuer.Issued issued = issuer.issue("shop", "operator", "admin", null);
    String secret = issued.secret();

    assertThat(here.holder(secret)).contains(Caller.key("shop", Role.OPERATOR));
    assertThat(here.holder(secret.substring(0, secret.length() - 1) + "!")).isEmpty();
    assertThat(here.holder("mrq_" + issued.key().id() + "_" + "x".repeat(43))).isEmpty();
    assertThat(here.holder(issued.key().hash())).isEmpty();
    assertThat(here.holder("")).isEmpty();
  }

  @Test
  void aRevokedKeyOpensNothingHereAtOnceAndElsewhereInSeconds() {
    ApiKeyIssuer.Issued issued = issuer.issue("shop", "operator", "admin", null);
    assertThat(here.holder(issued.secret())).isPresent();
    assertThat(elsewhere.holder(issued.secret())).isPresent();

    store.apiKeys().delete(issued.key().id());
    here.forget(issued.key().id());

    assertThat(here.holder(issued.secret())).isEmpty();
    clock.advance(StoredKeys.CACHE_TIME);
    assertThat(elsewhere.holder(issued.secret())).isEmpty();
  }

  @Test
  void aKeyExpiresAlthoughItIsRemembered() {
    ApiKeyIssuer.Issued issued =
        issuer.issue("shop", "viewer", "admin", clock.instant().plusSeconds(1));
    assertThat(here.holder(issued.secret())).isPresent();

    clock.advance(Duration.ofSeconds(1));

    assertThat(here.holder(issued.secret())).isEmpty();
  }

  @Test
  void aBusyServiceCostsNoReadARequest() {
    ApiKeyIssuer.Issued issued = issuer.issue("shop", "viewer", "admin", null);
    assertThat(here.holder(issued.secret())).isPresent();
    used(issued);

    store.setAvailable(false);

    assertThat(here.holder(issued.secret())).isPresent();
    clock.advance(StoredKeys.CACHE_TIME);
    assertThatThrownBy(() -> here.holder(issued.secret()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void itsUseIsNotedOnceAMinute() {
    ApiKeyIssuer.Issued issued = issuer.issue("shop", "viewer", "admin", null);

    here.holder(issued.secret());
    used(issued);
    var first = clock.instant();
    clock.advance(Duration.ofSeconds(59));
    here.holder(issued.secret());
    assertThat(store.apiKeys().find(issued.key().id()).map(ApiKey::used)).contains(first);

    clock.advance(Duration.ofSeconds(1));
    here.holder(issued.secret());
    used(issued);
  }

  /** A role that this version does not know gives no right at all. */
  @Test
  void aStrangeRoleOpensNothing() {
    ApiKeyIssuer.Issued issued = issuer.issue("shop", "root", "admin", null);

    assertThat(here.holder(issued.secret())).isEmpty();
  }

  private void used(ApiKeyIssuer.Issued issued) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            store
                .apiKeys()
                .find(issued.key().id())
                .map(ApiKey::used)
                .equals(Optional.of(clock.instant())));
  }
}
