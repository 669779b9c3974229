{{- /*
A part is one Deployment: the API, the scheduler, or one group of workers. Every template that makes
an object for each part walks this list, so a new kind of part is added here and nowhere else.
Out: YAML of {parts: [{component, group, name, graceSeconds, values, settings}]}, where settings are the
Spring properties that the chart itself decides. Address and port (8080) are set in the images.
*/ -}}
{{- define "mrq.parts" -}}
{{- $full := include "mrq.fullname" . -}}
{{- $parts := list -}}
{{- if .Values.api.enabled -}}
{{- $lifecycle := dict "timeout-per-shutdown-phase" (printf "%ds" (int .Values.api.drainSeconds)) -}}
{{- $settings := dict "spring" (dict "lifecycle" $lifecycle) -}}
{{- with .Values.api.pathPrefix -}}
{{- $_ := set $settings "server" (dict "servlet" (dict "context-path" .)) -}}
{{- end -}}
{{- $parts = append $parts (dict "component" "api" "group" "" "name" (printf "%s-api" $full)
      "graceSeconds" (add .Values.api.preStopSeconds .Values.api.drainSeconds 10)
      "values" .Values.api "settings" $settings) -}}
{{- end -}}
{{- if .Values.scheduler.enabled -}}
{{- $parts = append $parts (dict "component" "scheduler" "group" "" "name" (printf "%s-scheduler" $full)
      "graceSeconds" 30 "values" .Values.scheduler "settings" dict) -}}
{{- end -}}
{{- $seen := dict -}}
{{- range .Values.workerGroups -}}
{{- if hasKey $seen .name -}}
{{- fail (printf "workerGroups: two groups are named %q" .name) -}}
{{- end -}}
{{- $_ := set $seen .name true -}}
{{- $values := mergeOverwrite (deepCopy $.Values.workerDefaults) (deepCopy .) -}}
{{- $drain := int $values.drainSeconds -}}
{{- /* After the drain, jobs are interrupted and have 5 s; then their outcomes are stored. */ -}}
{{- $lifecycle := dict "timeout-per-shutdown-phase" (printf "%ds" (add $drain 15)) -}}
{{- $worker := dict "queues" $values.queues "slots" $values.slots "drain" (printf "%ds" $drain) -}}
{{- $settings := dict "spring" (dict "lifecycle" $lifecycle) "mrq" (dict "worker" $worker) -}}
{{- $parts = append $parts (dict "component" "worker" "group" .name "name" (printf "%s-worker-%s" $full .name)
      "graceSeconds" (add $drain 25) "values" $values "settings" $settings) -}}
{{- end -}}
{{- toYaml (dict "parts" $parts) -}}
{{- end -}}

{{- /* The application.yaml of a part: what all have, what the chart decides for it, what the user adds. */ -}}
{{- define "mrq.config" -}}
{{- $redis := .root.Values.redis -}}
{{- $connection := dict "database" $redis.database -}}
{{- if $redis.clusterNodes -}}
{{- $_ := set $connection "cluster" (dict "nodes" $redis.clusterNodes) -}}
{{- else if $redis.sentinel.master -}}
{{- $_ := set $connection "sentinel" (dict "master" $redis.sentinel.master "nodes" $redis.sentinel.nodes) -}}
{{- else -}}
{{- $_ := set $connection "host" $redis.host -}}
{{- $_ := set $connection "port" $redis.port -}}
{{- end -}}
{{- with $redis.username -}}
{{- $_ := set $connection "username" . -}}
{{- end -}}
{{- if $redis.tls -}}
{{- $_ := set $connection "ssl" (dict "enabled" true) -}}
{{- end -}}
{{- $all := dict "spring" (dict "data" (dict "redis" $connection)) "mrq" (dict "redis" (dict "prefix" $redis.prefix)) -}}
{{- with .root.Values.logFormat -}}
{{- $_ := set $all "logging" (dict "structured" (dict "format" (dict "console" .))) -}}
{{- end -}}
{{- with .root.Values.tracing -}}
{{- if .endpoint -}}
{{- $export := dict "tracing" (dict "export" (dict "otlp" (dict "endpoint" .endpoint))) -}}
{{- $_ := set $all "management" (dict "opentelemetry" $export "tracing" (dict "sampling" (dict "probability" .sampling))) -}}
{{- end -}}
{{- end -}}
{{- toYaml (mergeOverwrite $all .part.settings (.part.values.config | default dict)) -}}
{{- end -}}

{{- /* The path before every path of the API. In: a part. */ -}}
{{- define "mrq.prefix" -}}
{{- if eq .component "api" }}{{ .values.pathPrefix }}{{ end -}}
{{- end -}}
