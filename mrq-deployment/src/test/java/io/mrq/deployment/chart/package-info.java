/** The Helm chart: what it makes of its values, and whether Kubernetes would take it. */
@NullMarked
package io.mrq.deployment.chart;

import org.jspecify.annotations.NullMarked;
