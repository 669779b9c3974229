package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeys;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import org.junit.jupiter.api.Test;

/** Issuing API keys and knowing their secrets. */
class ApiKeyIssuerTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final ApiKeys keys = store.apiKeys();
  private final ApiKeyIssuer issuer = new ApiKeyIssuer(keys, clock);

  @Test
  void aSecretIsKeptAsAHashOnly() {
    ApiKeyIssuer.Issued issued = issuer.issue("shop", "operator", "admin", null);

    assertThat(issued.secret()).matches("mrq_[a-z0-9]{10}_[A-Za-z0-9_-]{43}");
    assertThat(ApiKeyIssuer.idOf(issued.secret())).contains(issued.key().id());
    ApiKey stored = keys.find(issued.key().id()).orElseThrow();
    assertThat(stored).isEqualTo(issued.key());
    assertThat(stored.hash()).matches("[0-9a-f]{64}");
    assertThat(stored.created()).isEqualTo(clock.instant());
    assertThat(stored.createdBy()).isEqualTo("admin");
    assertThat(issued.toString() + stored)
        .contains(stored.id(), "shop")
        .doesNotContain(issued.secret(), stored.hash());
  }

  @Test
  void onlyTheWholeSecretIsRight() {
    ApiKeyIssuer.Issued issued = issuer.issue("shop", "operator", "admin", null);
    ApiKeyIssuer.Issued other = issuer.issue("shop", "operator", "admin", null);

    assertThat(ApiKeyIssuer.isSecretOf(issued.key(), issued.secret())).isTrue();
    assertThat(ApiKeyIssuer.isSecretOf(issued.key(), other.secret())).isFalse();
    assertThat(ApiKeyIssuer.isSecretOf(issued.key(), issued.secret() + "x")).isFalse();
    assertThat(ApiKeyIssuer.isSecretOf(issued.key(), issued.key().hash())).isFalse();
    assertThat(ApiKeyIssuer.idOf("mrq_short")).isEmpty();
    assertThat(ApiKeyIssuer.idOf("mrq_" + "$".repeat(10) + "_" + "x".repeat(43))).isEmpty();
  }

  @Test
  void aKeyEndsWhenItIsRevokedOrItsTimeHasCome() {
    ApiKey limited =
        issuer.issue("shop", "operator", "admin", clock.instant().plusSeconds(60)).key();
    ApiKey endless = issuer.issue("shop", "operator", "admin", null).key();

    assertThat(limited.isValid(clock.instant().plusSeconds(59))).isTrue();
    assertThat(limited.isValid(clock.instant().plusSeconds(60))).isFalse();
    assertThat(endless.isValid(clock.instant().plusSeconds(1_000_000_000))).isTrue();
    assertThat(keys.delete(endless.id())).isTrue();
    assertThat(keys.delete(endless.id())).isFalse();
    assertThat(keys.list(10)).containsExactly(limited);
  }

  @Test
  void itsLastUseIsNoted() {
    ApiKey key = issuer.issue("shop", "operator", "admin", null).key();

    keys.used(key.id(), clock.instant());

    assertThat(keys.find(key.id()).orElseThrow().used()).isEqualTo(clock.instant());
  }
}
