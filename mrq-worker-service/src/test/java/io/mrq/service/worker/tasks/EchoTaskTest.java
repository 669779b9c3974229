package io.mrq.service.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EchoTaskTest {
  @Test
  void returnsItsParams() {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("a", Map.of("b", 1));
    params.put("nothing", null);

    assertThat(new EchoTask().run(params)).isEqualTo(params);
  }
}
