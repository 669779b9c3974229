package io.mrq.deployment.chart;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * KEDA's ScaledObject, its fields checked by hand against the published model of {@code
 * keda.sh/v1alpha1}: Maven's registry has no jar of it.
 */
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

  record Spec(
      Target scaleTargetRef,
      List<Trigger> triggers,
      @Nullable Integer pollingInterval,
      @Nullable Integer cooldownPeriod,
      @Nullable Integer initialCooldownPeriod,
      @Nullable Integer idleReplicaCount,
      @Nullable Integer minReplicaCount,
      @Nullable Integer maxReplicaCount,
      @Nullable Fallback fallback,
      @Nullable Advanced advanced) {}

  record Target(
      @Nullable String apiVersion,
      @Nullable String kind,
      String name,
      @Nullable String envSourceContainerName) {}

  record Trigger(
      String type,
      @Nullable String name,
      @Nullable String metricType,
      Map<String, String> metadata,
      @Nullable Boolean useCachedMetrics,
      @Nullable Authentication authenticationRef) {}

  record Authentication(String name, @Nullable String kind) {}

  record Fallback(int failureThreshold, int replicas, @Nullable String behavior) {}

  record Advanced(
      @Nullable Boolean restoreToOriginalReplicaCount,
      @Nullable Autoscaler horizontalPodAutoscalerConfig) {}

  record Autoscaler(@Nullable String name, @Nullable HorizontalPodAutoscalerBehavior behavior) {}
}
