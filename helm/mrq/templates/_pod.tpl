{{- /* What every container is held to: Kubernetes' "restricted" standard, and a file system that cannot be written. */ -}}
{{- define "mrq.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "mrq.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- /* The pod of a part. In: a part, with root. */ -}}
{{- define "mrq.podSpec" -}}
{{- $root := .root -}}
serviceAccountName: {{ include "mrq.serviceAccountName" $root }}
# Nothing here talks to Kubernetes.
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .graceSeconds }}
securityContext:
  {{- include "mrq.podSecurity" . | nindent 2 }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
containers:
  - name: {{ .component }}
    image: {{ include "mrq.image" . }}
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    securityContext:
      {{- include "mrq.containerSecurity" . | nindent 6 }}
    ports:
      - name: http
        containerPort: 8080
    env:
      {{- include "mrq.env" . | nindent 6 }}
    {{- include "mrq.envFrom" . | nindent 4 }}
    {{- include "mrq.probes" . | nindent 4 }}
    resources:
      {{- toYaml .values.resources | nindent 6 }}
    volumeMounts:
      - name: config
        mountPath: /mrq/config
        readOnly: true
      - name: tmp
        mountPath: /tmp
      {{- if .values.tasksVolume }}
      - name: tasks
        mountPath: /mrq/tasks
        readOnly: true
      {{- end }}
      {{- with .values.extraVolumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  - name: config
    configMap:
      name: {{ .name }}
  - name: tmp
    emptyDir:
      sizeLimit: 256Mi
  {{- with .values.tasksVolume }}
  - name: tasks
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- include "mrq.placement" . }}
{{- end -}}

{{- /* Secrets only; everything else is in the ConfigMap. */ -}}
{{- define "mrq.env" -}}
- name: SPRING_MONGODB_URI
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.mongodb.existingSecret.name }}
      key: {{ .root.Values.mongodb.existingSecret.key }}
{{- with .root.Values.redis.existingSecret }}
{{- if .name }}
- name: SPRING_DATA_REDIS_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- with .values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "mrq.envFrom" -}}
{{- $users := and (eq .component "api") .values.usersSecret -}}
{{- if or $users .values.extraEnvFrom -}}
envFrom:
  {{- if $users }}
  - secretRef:
      name: {{ $users }}
  {{- end }}
  {{- with .values.extraEnvFrom }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "mrq.probes" -}}
{{- $health := printf "%s/actuator/health" (include "mrq.prefix" .) -}}
# Up to two minutes to start; then the other two take over.
startupProbe:
  httpGet:
    path: {{ $health }}/liveness
    port: http
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 60
# Looks at the process alone: a store that is away is no reason for a restart.
livenessProbe:
  httpGet:
    path: {{ $health }}/liveness
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: {{ $health }}/readiness
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 3
{{- if .values.preStopSeconds }}
lifecycle:
  preStop:
    exec:
      command: [sleep, {{ .values.preStopSeconds | quote }}]
{{- end }}
{{- end -}}

{{- define "mrq.placement" -}}
{{- $root := .root -}}
{{- if $root.Values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: {{ $root.Values.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "mrq.selector" $ | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
