/** The image: the Dockerfile's commands, run here without Docker, and what comes of them. */
@NullMarked
package io.mrq.deployment.image;

import org.jspecify.annotations.NullMarked;
