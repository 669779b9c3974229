package io.mrq.service.worker.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a service, after all redirects.
 *
 * @param url the address that answered
 * @param status the status of the answer
 * @param headers as received; when the body was decoded, without the headers about the encoded body
 * @param body the whole body when the status was expected, otherwise only its beginning
 */
record HttpAnswer(HttpUrl url, int status, List<Header> headers, ResponseBody body) {

  /** The first header of this name. */
  @Nullable String header(String name) {
    return headers.stream()
        .filter(header -> header.getName().equalsIgnoreCase(name))
        .map(Header::getValue)
        .findFirst()
        .orElse(null);
  }

  HttpResult result() {
    Map<String, String> byName = new LinkedHashMap<>();
    for (Header header : headers) {
      String value = header.getValue() == null ? "" : header.getValue();
      byName.merge(key(header.getName()), value, (one, other) -> one + ", " + other);
    }
    return new HttpResult(status, byName, body.text(), body.encoding());
  }

  private static String key(String name) {
    String key = name.toLowerCase(Locale.ROOT).replace('.', '_');
    return key.startsWith("$") ? "_" + key.substring(1) : key;
  }
}
