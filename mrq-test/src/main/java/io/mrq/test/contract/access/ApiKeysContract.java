package io.mrq.test.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.access.ApiKey;
import io.mrq.test.contract.StoreContract;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code ApiKeys} do. */
public abstract class ApiKeysContract extends StoreContract {

  @Test
  void aKeyIsReadAsItWasWritten() {
    ApiKey whole = new ApiKey("whole00000", "hash", "shop", "operator", "admin", NOW, LATER, LATER);
    ApiKey bare = key("bare000000", NOW, null);

    assertThat(ports.apiKeys().insert(whole)).isTrue();
    assertThat(ports.apiKeys().insert(bare)).isTrue();

    assertThat(ports.apiKeys().find("whole00000")).contains(whole);
    assertThat(ports.apiKeys().find("bare000000")).contains(bare);
    assertThat(ports.apiKeys().find("none000000")).isEmpty();
  }

  @Test
  void anIdIsTakenOnce() {
    ApiKey first = key("taken00000", NOW, null);
    ApiKey other = new ApiKey("taken00000", "other", "b", "admin", "x", NOW, null, null);

    assertThat(ports.apiKeys().insert(first)).isTrue();
    assertThat(ports.apiKeys().insert(other)).isFalse();
    assertThat(ports.apiKeys().insert(first)).isTrue();

    assertThat(ports.apiKeys().find("taken00000")).contains(first);
  }

  @Test
  void keysAreListedNewestFirst() {
    ApiKey old = key("old0000000", NOW, NOW);
    ApiKey fresh = key("fresh00000", LATER, null);
    ports.apiKeys().insert(old);
    ports.apiKeys().insert(fresh);

    assertThat(ports.apiKeys().list(10)).containsExactly(fresh, old);
    assertThat(ports.apiKeys().list(1)).containsExactly(fresh);
    assertThat(ports.apiKeys().list(0)).isEmpty();
  }

  @Test
  void aDeletedKeyIsGone() {
    ports.apiKeys().insert(key("gone000000", NOW, null));

    assertThat(ports.apiKeys().delete("gone000000")).isTrue();
    assertThat(ports.apiKeys().delete("gone000000")).isFalse();

    assertThat(ports.apiKeys().find("gone000000")).isEmpty();
    assertThat(ports.apiKeys().list(10)).isEmpty();
  }

  @Test
  void itsUseIsNotedAndNothingElseChanges() {
    ApiKey key = key("used000000", NOW, LATER);
    ports.apiKeys().insert(key);

    ports.apiKeys().used("used000000", LATER);
    ports.apiKeys().used("none000000", LATER);

    assertThat(ports.apiKeys().find("used000000"))
        .contains(
            new ApiKey(
                key.id(), key.hash(), key.name(), key.role(), key.createdBy(), NOW, LATER, LATER));
    assertThat(ports.apiKeys().find("none000000")).isEmpty();
  }

  private static ApiKey key(String id, Instant created, @Nullable Instant expires) {
    return new ApiKey(id, "hash-" + id, "shop", "viewer", "admin", created, expires, null);
  }
}
