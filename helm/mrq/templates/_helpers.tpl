{{- /* Names: at most 35 characters of prefix, so that "-scheduler" or "-worker-<group>" fits into 63. */ -}}
{{- define "mrq.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 35 | trimSuffix "-" -}}
{{- end -}}

{{- define "mrq.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 35 | trimSuffix "-" -}}
{{- else if contains (include "mrq.name" .) .Release.Name -}}
{{- .Release.Name | trunc 35 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "mrq.name" .) | trunc 35 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "mrq.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "mrq.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- /* What tells the pods of this release from all others. */ -}}
{{- define "mrq.releaseSelector" -}}
app.kubernetes.io/name: {{ include "mrq.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* What tells the pods of one part from the others. In: a part (see mrq.parts). */ -}}
{{- define "mrq.selector" -}}
{{ include "mrq.releaseSelector" .root }}
app.kubernetes.io/component: {{ .component }}
{{- with .group }}
mrq.io/worker-group: {{ . }}
{{- end }}
{{- end -}}

{{- define "mrq.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: mrq
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Labels of objects that belong to the whole release. */ -}}
{{- define "mrq.releaseLabels" -}}
{{ include "mrq.releaseSelector" . }}
{{ include "mrq.commonLabels" . }}
{{- end -}}

{{- /* Labels of objects that belong to one part. */ -}}
{{- define "mrq.partLabels" -}}
{{ include "mrq.selector" . }}
{{ include "mrq.commonLabels" .root }}
{{- end -}}

{{- /* Labels of the pods of a part: none that would replace them for a new chart alone. */ -}}
{{- define "mrq.podLabels" -}}
{{ include "mrq.selector" . }}
app.kubernetes.io/part-of: mrq
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- with .values.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* The image of a part. In: root, values. */ -}}
{{- define "mrq.image" -}}
{{- $image := .root.Values.image -}}
{{- $tag := .values.image.tag | default $image.tag | default .root.Chart.AppVersion -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ .values.image.repository }}:{{ $tag }}
{{- end -}}
