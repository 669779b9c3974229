package io.mrq.api.access;

import io.mrq.hash.Sha256;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The users and keys of the configuration, checked once at the start. A mistake ends the start with
 * a message that names the property and never its value.
 */
final class Accounts {
  /** A shorter key could be guessed from a stolen hash. */
  static final int MIN_KEY_LENGTH = 32;

  private static final int MAX_NAME_LENGTH = 100;

  private static final String BCRYPT = "{bcrypt}";
  private static final String SHA256 = "{sha256}";
  private static final Pattern BCRYPT_HASH =
      Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
  private static final Pattern SHA256_HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ENCODED = Pattern.compile("\\{[A-Za-z0-9@_.-]+}.*", Pattern.DOTALL);

  private final InstantSource clock;
  private final Map<String, User> users = new HashMap<>();
  private final Map<String, Key> keys = new HashMap<>();

  /**
   * A user of the configuration.
   *
   * @param caller the user's name and role
   * @param password what the user must send
   */
  record User(Caller caller, Password password) {}

  private record Key(Caller caller, String hash) {}

  /**
   * Reads the configuration.
   *
   * @throws AccessMisconfiguredException naming the first property that is wrong
   */
  Accounts(AccessProperties properties, InstantSource clock) {
    this.clock = clock;
    for (int i = 0; i < properties.users().size(); i++) {
      addUser("mrq.api.users[%d]".formatted(i), properties.users().get(i));
    }
    for (int i = 0; i < properties.keys().size(); i++) {
      addKey("mrq.api.keys[%d]".formatted(i), properties.keys().get(i));
    }
  }

  /** Whether nobody is configured, so that the API is open. */
  boolean isEmpty() {
    return users.isEmpty() && keys.isEmpty();
  }

  /** The user of this name; empty when there is none. */
  Optional<User> user(String name) {
    return Optional.ofNullable(users.get(name));
  }

  /** A password for unknown names, which takes as long to refuse as a real one. */
  Password unknown() {
    return Password.unmatchable(
        users.values().stream().anyMatch(user -> user.password().slow()), clock);
  }

  /**
   * Whose key this is; empty when it is not configured. Always compares all keys, so that the time
   * tells nothing.
   */
  Optional<Caller> holder(String secret) {
    String hash = Sha256.hex(secret);
    Caller found = null;
    for (Key key : keys.values()) {
      if (Sha256.same(key.hash, hash)) {
        found = key.caller;
      }
    }
    return Optional.ofNullable(found);
  }

  private void addUser(String property, AccessProperties.User user) {
    String name = name(property, user.name());
    if (name.contains(":")) {
      throw new AccessMisconfiguredException(
          property + ".name holds a colon, which HTTP Basic does not allow in user names");
    }
    if (users.containsKey(name)) {
      throw new AccessMisconfiguredException(property + ".name is the name of an earlier user");
    }
    users.put(name, new User(Caller.user(name, user.role()), password(property, user.password())));
  }

  private Password password(String property, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new AccessMisconfiguredException(property + ".password is missing or empty");
    }
    if (text.startsWith(BCRYPT)) {
      String hash = text.substring(BCRYPT.length());
      if (!BCRYPT_HASH.matcher(hash).matches()) {
        throw new AccessMisconfiguredException(
            property + ".password starts with {bcrypt}, but no bcrypt hash follows");
      }
      return Password.bcrypt(hash, clock);
    }
    if (ENCODED.matcher(text).matches()) {
      throw new AccessMisconfiguredException(
          property
              + ".password starts with an encoding other than {bcrypt}; the hash itself would be the password");
    }
    return Password.plain(text);
  }

  private void addKey(String property, AccessProperties.Key key) {
    String name = name(property, key.name());
    if (keys.containsKey(name)) {
      throw new AccessMisconfiguredException(property + ".name is the name of an earlier key");
    }
    Key added = new Key(Caller.key(name, key.role()), hash(property, key.key()));
    Set<String> hashes = new HashSet<>();
    keys.values().forEach(known -> hashes.add(known.hash));
    if (hashes.contains(added.hash)) {
      throw new AccessMisconfiguredException(property + ".key is the same as an earlier key");
    }
    keys.put(name, added);
  }

  private static String hash(String property, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new AccessMisconfiguredException(property + ".key is missing or empty");
    }
    if (text.startsWith(SHA256)) {
      String hash = text.substring(SHA256.length()).toLowerCase(Locale.ROOT);
      if (!SHA256_HASH.matcher(hash).matches()) {
        throw new AccessMisconfiguredException(
            property + ".key starts with {sha256}, but no 64 hex digits follow");
      }
      return hash;
    }
    if (text.length() < MIN_KEY_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new AccessMisconfiguredException(
          property + ".key must be at least %d visible ASCII characters".formatted(MIN_KEY_LENGTH));
    }
    return Sha256.hex(text);
  }

  private static String name(String property, @Nullable String name) {
    if (name == null || name.isBlank()) {
      throw new AccessMisconfiguredException(property + ".name is missing or empty");
    }
    if (name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
      throw new AccessMisconfiguredException(
          property
              + ".name must have at most %d characters and no control characters"
                  .formatted(MAX_NAME_LENGTH));
    }
    return name;
  }
}
