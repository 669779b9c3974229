package com.example.shop.web;

import static io.mrq.testing.MrqAssertions.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.testing.AutoConfigureMrq;
import io.mrq.testing.MrqTester;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureMrq
class OrderControllerTest {
  @Autowired MockMvcTester http;
  @Autowired MrqTester mrq;

  @Test
  void anOrderIsLeftToTheWorker() {
    put("o-17");

    assertThat(mrq.jobs("orders.confirm"))
        .singleElement(JOB)
        .isQueued()
        .isInQueue("orders")
        .hasParam("number", "o-17")
        .hasParam("items", List.of("tea", "cups"));
  }

  @Test
  void anOrderThatIsSentTwiceIsConfirmedOnce() {
    put("o-17");
    put("o-17");
    put("o-18");

    assertThat(mrq.jobs("orders.confirm")).hasSize(2);
  }

  private void put(String number) {
    assertThat(
            http.put()
                .uri("/orders/{number}", number)
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                    """
                    {"customer": "ann@example.org", "items": ["tea", "cups"]}
                    """))
        .hasStatus(202);
  }
}
