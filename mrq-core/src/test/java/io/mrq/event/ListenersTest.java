package io.mrq.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.client.ActionEvents;
import io.mrq.client.EnqueueEvents;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final List<String> told = new ArrayList<>();

  private static Consumer<String> throwing(Throwable thrown) {
    return _ -> ListenersTest.<RuntimeException>sneaky(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  // MET-01
  @Test
  void theOthersAreToldInTheirOrderWhateverOneThrows() {
    Throwable mute =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("no message yet");
          }
        };
    Listeners<Consumer<String>> listeners =
        new Listeners<>(
            List.of(
                text -> told.add("first " + text),
                throwing(mute),
                throwing(new StackOverflowError()),
                throwing(new java.io.IOException("checked")),
                text -> told.add("last " + text)));

    listeners.tell(listener -> listener.accept("a"));
    listeners.tell(listener -> listener.accept("b"));

    assertThat(told).containsExactly("first a", "last a", "first b", "last b");
  }

  private static NewJob newJob() {
    return NewJob.builder(JobId.next(), "t", "default", Instant.EPOCH).build();
  }

  @Test
  void aListenerOfEnqueuesThatThrowsHarmsNobody() {
    EnqueueEvents events =
        EnqueueEvents.all(
            List.of(
                new EnqueueEvents() {
                  @Override
                  public void enqueued(NewJob job) {
                    throw new IllegalStateException();
                  }

                  @Override
                  public void deduplicated(NewJob job) {
                    throw new IllegalStateException();
                  }
                },
                new EnqueueEvents() {
                  @Override
                  public void enqueued(NewJob job) {
                    told.add("enqueued");
                  }

                  @Override
                  public void deduplicated(NewJob job) {
                    told.add("deduplicated");
                  }
                }));

    events.enqueued(newJob());
    events.deduplicated(newJob());

    assertThat(told).containsExactly("enqueued", "deduplicated");
  }

  @Test
  void allOfNoneTellsNobody() {
    EnqueueEvents.all(List.of()).enqueued(newJob());
    assertThat(ActionEvents.all(List.<ActionEvents>of())).isNotNull();
    assertThat(told).isEmpty();
  }
}
