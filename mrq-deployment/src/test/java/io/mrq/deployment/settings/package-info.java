/** Whether what the deployment sets exists in the services. */
@NullMarked
package io.mrq.deployment.settings;

import org.jspecify.annotations.NullMarked;
