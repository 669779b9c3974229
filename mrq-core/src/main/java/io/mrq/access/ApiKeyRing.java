package io.mrq.access;

import io.mrq.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes, finds and revokes API keys. A secret is {@code mrq_}, a public id, {@code _} and 256
 * random bits; it is shown once and kept as a hash only, which such randomness makes impossible to
 * turn back. Every method may throw {@link StoreUnavailableException}.
 */
public final class ApiKeyRing {
  /** The most keys that are listed. */
  public static final int MAX_LISTED = 1000;

  private static final Pattern FORM = Pattern.compile("mrq_([a-z0-9]{10})_[A-Za-z0-9_-]{43}");
  private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 10;
  private static final int SECRET_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ApiKeys store;
  private final InstantSource clock;

  /** Wires a ring. */
  public ApiKeyRing(ApiKeys store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes a key.
   *
   * @param name what it is for
   * @param role what its holder may do
   * @param who makes it
   * @param expires from when on it opens nothing; null: never
   */
  public Made make(String name, String role, String who, @Nullable Instant expires) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    while (true) {
      String id = id();
      String secret = "mrq_" + id + "_" + randomText();
      ApiKey key = new ApiKey(id, hash(secret), name, role, who, now, expires, null);
      if (store.insert(key)) {
        return new Made(key, secret);
      }
    }
  }

  /** The id in a secret; empty when this is no secret of ours. */
  public static Optional<String> idOf(String secret) {
    Matcher form = FORM.matcher(secret);
    return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
  }

  /**
   * Whether this is the secret of this key, whether or not the key has expired. Takes the same time
   * however much of it is right.
   */
  public static boolean isSecretOf(ApiKey key, String secret) {
    return MessageDigest.isEqual(
        hash(secret).getBytes(StandardCharsets.US_ASCII),
        key.hash().getBytes(StandardCharsets.US_ASCII));
  }

  /** The key of this id, expired or not. */
  public Optional<ApiKey> find(String id) {
    return store.find(id);
  }

  /** Up to {@link #MAX_LISTED} keys, expired ones too, the newest first. */
  public List<ApiKey> list() {
    return store.list(MAX_LISTED);
  }

  /** Ends a key for good; answers whether there was one. */
  public boolean revoke(String id) {
    return store.delete(id);
  }

  /** Notes that a key was used just now. */
  public void used(String id) {
    store.used(id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
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

  private static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * A new key, the only time that its secret is known.
   *
   * @param key as it is kept
   * @param secret for its holder
   */
  public record Made(ApiKey key, String secret) {
    @Override
    public String toString() {
      return key.toString();
    }
  }
}
