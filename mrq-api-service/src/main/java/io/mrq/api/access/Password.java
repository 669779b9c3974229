package io.mrq.api.access;

import io.mrq.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A configured password, kept only as a hash even in memory, so that no log, property dump or
 * exception can show it. A comparison takes the same time however much of a guess is right.
 */
sealed interface Password {
  boolean matches(String given);

  /** Whether {@link #matches} is slow on purpose. */
  boolean slow();

  /** A password that is configured in plain text. */
  static Password plain(String password) {
    return new Plain(password);
  }

  /** A password that is configured as a bcrypt hash. */
  static Password bcrypt(String hash, InstantSource clock) {
    return new Bcrypt(hash, clock);
  }

  /** A password that nothing matches, which takes as long as a real one to say so. */
  static Password unmatchable(boolean slow, InstantSource clock) {
    String unknown = UUID.randomUUID().toString();
    return slow ? new Bcrypt(new BCryptPasswordEncoder().encode(unknown), clock) : plain(unknown);
  }

  /** Salted, since the hash stays in memory as long as the process runs. */
  final class Plain implements Password {
    private final byte[] salt = new byte[16];
    private final byte[] hash;

    private Plain(String password) {
      new SecureRandom().nextBytes(salt);
      hash = hash(password);
    }

    @Override
    public boolean matches(String given) {
      return MessageDigest.isEqual(hash, hash(given));
    }

    @Override
    public boolean slow() {
      return false;
    }

    private byte[] hash(String password) {
      return Sha256.of(salt, password.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Bcrypt takes a tenth of a second on purpose, and a browser sends its password with every
   * request, so the right password is remembered for a minute.
   */
  final class Bcrypt implements Password {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final BcryptWork WORK = new BcryptWork();

    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
    private final String hash;
    private final InstantSource clock;
    private volatile @Nullable Proof proof;

    private Bcrypt(String hash, InstantSource clock) {
      this.hash = hash;
      this.clock = clock;
    }

    @Override
    public boolean matches(String given) {
      Proof known = proof;
      if (known != null && clock.instant().isBefore(known.until) && known.password.matches(given)) {
        return true;
      }
      boolean right = WORK.matches(encoder, given, hash);
      if (right) {
        proof = new Proof(new Plain(given), clock.instant().plus(REMEMBERED));
      }
      return right;
    }

    /** Wrong passwords are always slow, the right one only when it is not remembered. */
    @Override
    public boolean slow() {
      return true;
    }

    private record Proof(Plain password, Instant until) {}
  }
}
