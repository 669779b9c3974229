package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.wire.BsonConstants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command as it came: a document, and the documents that follow it apart from it.
 *
 * @param command its name
 * @param body its options, the first of which names the command and the collection
 * @param attachedName the option whose value follows apart; empty when there is none
 * @param attached these documents
 */
public record RawMessage(
    String command, RawDocument body, String attachedName, List<RawDocument> attached) {

  private static final int SECTIONS = 20;
  private static final RawName DATABASE = RawName.of("$db");
  private static final RawName TIME_LIMIT = RawName.of("maxTimeMS");

  /** The command in a message without flags; null when it is of another form. */
  public static @Nullable RawMessage of(byte[] message) {
    RawDocument body = null;
    String attachedName = "";
    List<RawDocument> attached = List.of();
    int at = SECTIONS;
    while (at < message.length) {
      if (message[at] == 0 && body == null) {
        body = RawDocument.of(message, at + 1, message.length);
        at = body == null ? Integer.MAX_VALUE : body.end();
      } else if (message[at] == 1 && attached.isEmpty() && message.length - at > Integer.BYTES) {
        int begin = at + 1;
        at = begin + RawDocument.intAt(message, begin);
        int name = begin + Integer.BYTES;
        int documents = name;
        while (documents < message.length && message[documents] != 0) {
          documents++;
        }
        attachedName = new String(message, name, documents - name, StandardCharsets.UTF_8);
        attached = documents(message, documents + 1, at);
      } else {
        return null;
      }
      if (at <= SECTIONS
          || at > message.length
          || (attached.isEmpty() && !attachedName.isEmpty())) {
        return null;
      }
    }
    return body == null || body.size() == 0 || !body.isDistinct()
        ? null
        : new RawMessage(body.name(0).toString(), body, attachedName, attached);
  }

  /** The documents from one place to another; none when they do not end there. */
  private static List<RawDocument> documents(byte[] message, int from, int to) {
    List<RawDocument> documents = new ArrayList<>();
    int at = from;
    while (at < to && to <= message.length) {
      RawDocument document = RawDocument.of(message, at, to);
      if (document == null) {
        return List.of();
      }
      documents.add(document);
      at = document.end();
    }
    return documents;
  }

  /** Whether it has no other options than these. */
  public boolean hasOnly(Set<String> options) {
    for (int field = 1; field < body.size(); field++) {
      if (!options.contains(body.name(field).toString())) {
        return false;
      }
    }
    return true;
  }

  /** The collection that it is about; empty when that is not its first option. */
  public String collection() {
    return body.value(0) instanceof String name ? name : "";
  }

  public String database() {
    return body.value(DATABASE) instanceof String name ? name : "";
  }

  /** The milliseconds that it may take; 0 is no limit. */
  public long timeLimit() {
    return body.value(TIME_LIMIT) instanceof Number limit ? limit.longValue() : 0;
  }

  /** The value of an option, as the library has it; null when it is not given. */
  public @Nullable Object option(RawName name) {
    int field = body.find(name);
    return field < 0 ? null : body.value(field);
  }

  /** The document that an option is; null when it is none. */
  public @Nullable RawDocument document(RawName name) {
    int field = body.find(name);
    return field >= 0 && body.type(field) == BsonConstants.TYPE_EMBEDDED_DOCUMENT
        ? body.nested(field)
        : null;
  }
}
