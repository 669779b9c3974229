package io.mrq.api.access;

import io.mrq.api.ApiTestApplication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The users and keys of the tests, and what they send. */
final class People {
  /** Of a key with the role operator. */
  static final String KEY = "test-key-0123456789-0123456789-abcdef";

  static final String VIEWER = "viewer-1";
  static final String OPERATOR = "operator-1";
  static final String ADMIN = "admin-1";

  private static final String PASSWORD = "pass:word:%s é";

  private People() {}

  /** The service that knows them, with more arguments. */
  static ApiTestApplication service(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    List<String> names = List.of(VIEWER, OPERATOR, ADMIN);
    for (int i = 0; i < names.size(); i++) {
      String user = "--mrq.api.users[%d].".formatted(i);
      all.add(user + "name=" + names.get(i));
      all.add(user + "password=" + PASSWORD.formatted(names.get(i)));
      all.add(user + "role=" + names.get(i).replace("-1", ""));
    }
    all.addAll(
        List.of(
            "--mrq.api.keys[0].name=ci",
            "--mrq.api.keys[0].key=" + KEY,
            "--mrq.api.keys[0].role=operator"));
    return ApiTestApplication.start(all.toArray(String[]::new));
  }

  /** The header of one of them, as name and value. */
  static String[] as(String user) {
    return basic(user, PASSWORD.formatted(user));
  }

  /** HTTP Basic, as name and value. */
  static String[] basic(String user, String password) {
    return new String[] {
      "Authorization",
      "Basic "
          + Base64.getEncoder()
              .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))
    };
  }

  /** A bearer token, as name and value. */
  static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }
}
