package io.mrq.api.access;

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
 * A password that can be compared with another and be had in no other way: even in memory there is
 * only a hash, so no log, dump of properties or exception tells it. Comparing takes the same time
 * however much is right (AUTH-04).
 */
sealed interface Password {
  /** Whether this is the password. */
  boolean matches(String given);

  /** Whether {@link #matches} is slow, so worth to be bounded. */
  boolean slow();

  /** One that was given as it is. */
  static Password plain(String password) {
    return new Plain(password);
  }

  /** One that was given as a bcrypt hash. */
  static Password bcrypt(String hash, InstantSource clock) {
    return new Bcrypt(hash, clock);
  }

  /** One that nothing matches, and that takes as long as another to say so. */
  static Password nobodys(boolean slow, InstantSource clock) {
    String unknown = UUID.randomUUID().toString();
    return slow ? new Bcrypt(new BCryptPasswordEncoder().encode(unknown), clock) : plain(unknown);
  }

  /** Salted, since it stays in memory as long as the process runs. */
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
   * A browser sends its password with every request, and bcrypt takes a tenth of a second by
   * design: what was right is known again for a minute.
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

    /** Not while the right one is remembered, but for wrong ones always. */
    @Override
    public boolean slow() {
      return true;
    }

    private record Proof(Plain password, Instant until) {}
  }
}
