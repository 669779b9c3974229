package io.mrq.deployment.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void isTakenApart() {
    Query query =
        Query.of(
            "histogram_quantile(0.9, sum by (le, task) (rate(mrq_job_wait_seconds_bucket{queue=~\"a_b\", outcome!~\"x\"}[5m]))) > 0 unless on (namespace) mrq_queue_paused == 1");

    assertThat(query.metrics()).containsExactly("mrq_job_wait_seconds_bucket", "mrq_queue_paused");
    assertThat(query.labels()).containsExactly("le", "namespace", "outcome", "queue", "task");
  }
}
