{{- /* HPA on external metrics, which an adapter serves under the names that the chart's README gives. */ -}}
{{- define "mrq.horizontalPodAutoscaler" -}}
{{- $scaling := .values.autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .name }}
  labels:
    {{- include "mrq.partLabels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ .name }}
  minReplicas: {{ max 1 (int $scaling.minReplicas) }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    {{- if $scaling.cpuUtilization }}
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $scaling.cpuUtilization }}
    {{- end }}
    {{- if $scaling.backlogPerReplica }}
    - type: External
      external:
        metric:
          {{- include "mrq.externalMetric" (dict "name" "mrq_backlog_jobs" "queues" .values.queues) | nindent 10 }}
        target:
          type: AverageValue
          averageValue: {{ $scaling.backlogPerReplica | quote }}
    {{- end }}
    {{- if $scaling.oldestAgeSeconds }}
    - type: External
      external:
        metric:
          {{- include "mrq.externalMetric" (dict "name" "mrq_oldest_job_age_seconds" "queues" .values.queues) | nindent 10 }}
        target:
          type: Value
          value: {{ $scaling.oldestAgeSeconds | quote }}
    {{- end }}
  {{- with $scaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "mrq.externalMetric" -}}
name: {{ .name }}
selector:
  matchExpressions:
    - key: queue
      operator: In
      values:
        {{- toYaml .queues | nindent 8 }}
{{- end -}}

{{- /* The selector of a group's queues in PromQL: each name is quoted for the regular expression, then for the string. */ -}}
{{- define "mrq.queueMatcher" -}}
{{- $names := list -}}
{{- range .queues -}}
{{- $names = append $names (regexQuoteMeta .) -}}
{{- end -}}
namespace="{{ .namespace }}",queue=~"{{ join "|" $names | replace "\\" "\\\\" }}"
{{- end -}}

{{- define "mrq.scaledObject" -}}
{{- $scaling := .values.autoscaling -}}
{{- $keda := .root.Values.keda -}}
{{- $matcher := include "mrq.queueMatcher" (dict "namespace" .root.Release.Namespace "queues" .values.queues) -}}
{{- /* Every process shows the same backlog, so the largest of the equal ones is taken, then summed over the queues. */ -}}
{{- $backlog := printf `sum(max by (queue) (mrq_queue_jobs{%s,state="ready"}))` $matcher -}}
{{- $age := printf `max(mrq_queue_oldest_age_seconds{%s})` $matcher -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ .name }}
  labels:
    {{- include "mrq.partLabels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ .name }}
  pollingInterval: {{ $keda.pollingInterval }}
  cooldownPeriod: {{ $keda.cooldownPeriod }}
  minReplicaCount: {{ $scaling.minReplicas }}
  maxReplicaCount: {{ $scaling.maxReplicas }}
  {{- with $scaling.behavior }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- toYaml . | nindent 8 }}
  {{- end }}
  triggers:
    {{- if $scaling.backlogPerReplica }}
    {{- include "mrq.prometheusTrigger" (dict "keda" $keda "name" "backlog" "type" "AverageValue" "query" $backlog "threshold" $scaling.backlogPerReplica) | nindent 4 }}
    {{- end }}
    {{- if $scaling.oldestAgeSeconds }}
    {{- include "mrq.prometheusTrigger" (dict "keda" $keda "name" "oldest-age" "type" "Value" "query" $age "threshold" $scaling.oldestAgeSeconds) | nindent 4 }}
    {{- end }}
{{- end -}}

{{- define "mrq.prometheusTrigger" -}}
- type: prometheus
  name: {{ .name }}
  metricType: {{ .type }}
  metadata:
    serverAddress: {{ .keda.serverAddress | quote }}
    query: {{ .query | squote }}
    threshold: {{ .threshold | quote }}
    activationThreshold: "0"
  {{- with .keda.authenticationRef }}
  authenticationRef:
    name: {{ . }}
  {{- end }}
{{- end -}}
