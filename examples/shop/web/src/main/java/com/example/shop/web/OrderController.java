package com.example.shop.web;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.hash.Sha256;
import io.mrq.key.IdempotencyKey;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders, and leaves the work to the worker. */
@RestController
class OrderController {
  private final JobClient client;

  OrderController(JobClient client) {
    this.client = client;
  }

  record Order(String customer, List<String> items) {}

  /** An order that is sent twice is confirmed once: its number is the key of the job. */
  @PutMapping("/orders/{number}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, String> take(@PathVariable String number, @RequestBody Order order) {
    JobRequest confirm =
        JobRequest.of("orders.confirm")
            .queue("orders")
            .param("number", number)
            .param("customer", order.customer())
            .param("items", order.items());
    IdempotencyKey key = new IdempotencyKey("orders", number, Sha256.hex(order.toString()));
    return Map.of("job", client.enqueueOnce(confirm, key).id().hex());
  }
}
