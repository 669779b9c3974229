package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, on a thread of its own, which reads a request, carries it out and writes the answer:
 * no request is handed from thread to thread, and a long one, or one that waits for the file,
 * delays no other connection. A client that sends a write without waiting for the answer, and then
 * reads, sees that write.
 */
final class Connection implements Runnable, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private static final int READ_BUFFER = 32 * 1024;
  private static final int WRITE_BUFFER = 4 * 1024;

  /** A buffer that one large answer has made larger than this is not kept. */
  private static final int MAX_KEPT_BUFFER = 1024 * 1024;

  private final Socket socket;
  private final Supplier<StoreBackend> store;
  private final Runnable broken;
  private ByteBuf buffer = Unpooled.buffer(WRITE_BUFFER);
  private int answers;

  /**
   * A connection that a client has opened.
   *
   * @param store asked for at each request, because the store may have been opened again
   * @param broken called when the store turns out to be closed
   */
  Connection(Socket socket, Supplier<StoreBackend> store, Runnable broken) {
    this.socket = socket;
    this.store = store;
    this.broken = broken;
  }

  /** Serves the client until it leaves, or the connection is closed. */
  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), READ_BUFFER);
      OutputStream out = socket.getOutputStream();
      for (byte[] message = next(in); message != null; message = next(in)) {
        serve(message, out);
      }
    } catch (IOException e) {
      // A client that was killed is no fault of ours.
      log.debug("the client {} is gone: {}", socket.getRemoteSocketAddress(), e.toString());
    } catch (Throwable e) {
      // For example out of memory: the client must not wait for an answer that never comes.
      log.warn("Closing the connection of {} after an error", socket.getRemoteSocketAddress(), e);
    }
  }

  /** The next message as a whole; null when the client has left. */
  private static byte @Nullable [] next(InputStream in) throws IOException {
    byte[] size = in.readNBytes(Integer.BYTES);
    if (size.length < Integer.BYTES) {
      return null;
    }
    int length = RawDocument.intAt(size, 0);
    if (length < Request.HEADER + Integer.BYTES
        || length > MongoWireProtocolHandler.MAX_MESSAGE_SIZE_BYTES) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] message = new byte[length];
    System.arraycopy(size, 0, message, 0, size.length);
    int rest = length - size.length;
    return in.readNBytes(message, size.length, rest) < rest ? null : message;
  }

  private void serve(byte[] message, OutputStream out) throws IOException {
    StoreBackend backend = store.get();
    try {
      buffer.clear();
      if (answer(backend, message)) {
        out.write(buffer.array(), buffer.arrayOffset(), buffer.readableBytes());
      }
      if (buffer.capacity() > MAX_KEPT_BUFFER) {
        buffer = Unpooled.buffer(WRITE_BUFFER);
      }
    } finally {
      if (backend.isBroken()) {
        broken.run();
      }
    }
  }

  /** Carries out a request and writes the answer to the buffer; false when nobody waits for it. */
  private boolean answer(StoreBackend backend, byte[] message) throws IOException {
    Answer answer = Request.isPlain(message) ? raw(backend, message) : null;
    if (answer == null) {
      Request request = Request.of(message);
      answer = answer(backend, request);
      if (!request.isAnswered()) {
        return false;
      }
    }
    answer.writeTo(buffer, ++answers, Request.id(message));
    return true;
  }

  private static @Nullable Answer raw(StoreBackend backend, byte[] message) {
    RawMessage command = RawMessage.of(message);
    return command == null ? null : backend.handleRaw(command);
  }

  private static Answer answer(StoreBackend backend, Request request) {
    return switch (request) {
      case Request.Command command -> new Answer.Decoded(backend.handle(command.document()));
      case Request.Unreadable unreadable ->
          new Answer.Decoded(StoreBackend.refusal(unreadable.error()));
      case Request.Handshake handshake -> new Answer.Reply(handshake(backend, handshake));
    };
  }

  private static Document handshake(StoreBackend backend, Request.Handshake handshake) {
    Document command = handshake.command();
    String name = command.keySet().iterator().next();
    return backend.handleCommand(StoreBackend.NO_CHANNEL, handshake.database(), name, command);
  }

  /** Ends the connection. A command that is under way is carried out. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("a connection did not close: {}", e.toString());
    }
  }
}
