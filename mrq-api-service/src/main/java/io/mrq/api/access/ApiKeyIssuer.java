package io.mrq.api.access;

import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeys;
import io.mrq.hash.Sha256;
import io.mrq.store.StoreUnavailableException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Issues API keys and knows the form of their secrets: {@code mrq_}, a public id, {@code _} and 256
 * random bits. A secret is shown once. Only its hash is stored, and 256 random bits cannot be
 * guessed from it.
 */
final class ApiKeyIssuer {
  private static final Pattern FORM = Pattern.compile("mrq_([a-z0-9]{10})_[A-Za-z0-9_-]{43}");
  private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 10;
  private static final int SECRET_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ApiKeys keys;
  private final InstantSource clock;

  ApiKeyIssuer(ApiKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Makes and stores a key.
   *
   * @param name what the key is for
   * @param role what its holder may do
   * @param who issues it
   * @param expires when the key becomes invalid; null: never
   * @throws StoreUnavailableException when MongoDB does not answer
   */
  Issued issue(String name, String role, String who, @Nullable Instant expires) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    while (true) {
      String id = id();
      String secret = "mrq_" + id + "_" + randomText();
      ApiKey key = new ApiKey(id, Sha256.hex(secret), name, role, who, now, expires, null);
      if (keys.insert(key)) {
        return new Issued(key, secret);
      }
    }
  }

  /** The id in a secret; empty when the text does not have the form of a secret. */
  static Optional<String> idOf(String secret) {
    Matcher form = FORM.matcher(secret);
    return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
  }

  /** Whether this is the secret of this key; an expired key still has its secret. */
  static boolean isSecretOf(ApiKey key, String secret) {
    return Sha256.same(Sha256.hex(secret), key.hash());
  }

  private String id() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    random
        .ints(ID_LENGTH, 0, ID_LETTERS.length())
        .forEach(letter -> id.append(ID_LETTERS.charAt(letter)));
    return id.toString();
  }

  private String randomText() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * A new key with its secret, which is not known again later.
   *
   * @param key as it is stored
   * @param secret what its holder sends with every request
   */
  record Issued(ApiKey key, String secret) {
    @Override
    public String toString() {
      return key.toString();
    }
  }
}
