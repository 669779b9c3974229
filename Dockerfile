# syntax=docker/dockerfile:1
# One of the three services, as an image:
#   docker build --build-arg SERVICE=mrq-worker-service --tag mrq-worker-service .
# mrq-deployment runs the commands below without Docker, and checks the result.
ARG JAVA_VERSION=25

# Builds all three jars, so that the three images share this stage.
FROM maven:3.9-eclipse-temurin-${JAVA_VERSION} AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q -pl mrq-api-service,mrq-worker-service,mrq-scheduler-service -am -Dmaven.test.skip=true package

# Extracted into layers: libraries change rarely, so a new version transfers only a few hundred kilobytes.
FROM eclipse-temurin:${JAVA_VERSION}-jdk AS layers
ARG SERVICE=mrq-api-service
COPY --from=build /build/${SERVICE}/target/${SERVICE}-*.jar /build/service.jar
RUN java -Djarmode=tools -jar /build/service.jar extract --layers --application-filename mrq.jar --destination /layers
# How to start it: jars in /mrq/tasks are on the class path, and the main class is the one that the jar names.
WORKDIR /build
RUN jar -xf /layers/application/mrq.jar META-INF/MANIFEST.MF \
    && printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
       -cp '/mrq/mrq.jar:/mrq/tasks/*' "$(sed -n 's/^Main-Class: *\([A-Za-z0-9_.]*\).*/\1/p' META-INF/MANIFEST.MF)" > /layers/launch

FROM eclipse-temurin:${JAVA_VERSION}-jre
ARG SERVICE=mrq-api-service
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title=${SERVICE} \
      org.opencontainers.image.description="MRQ for the JVM, a task queue on MongoDB and Redis" \
      org.opencontainers.image.version=${VERSION} \
      org.opencontainers.image.revision=${REVISION} \
      org.opencontainers.image.licenses=Apache-2.0
WORKDIR /mrq
# Your settings go to /mrq/config/application.yaml, your jars of tasks to /mrq/tasks.
RUN mkdir -p /mrq/config /mrq/tasks
COPY --from=layers /layers/dependencies/ /mrq/
COPY --from=layers /layers/snapshot-dependencies/ /mrq/
COPY --from=layers /layers/application/ /mrq/
COPY --from=layers /layers/launch /mrq/launch
COPY --chmod=755 deploy/healthy /mrq/healthy
# Starts the service once, without stores, and stores the loaded classes in a cache, which halves the time of later
# starts. This must be the last stage, because the cache fits only exactly the same Java and jars.
RUN java -XX:AOTCacheOutput=/mrq/mrq.aot -Xlog:disable -Xlog:all=error:stderr \
    -Dspring.context.exit=onRefresh -Dlogging.level.root=warn -Dserver.address=127.0.0.1 -Dserver.port=0 @/mrq/launch
# Listens on every address of the container; the API therefore requires credentials.
ENV SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:TrimNativeHeapInterval=5000 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8080
# A user without a name. The service writes only to /tmp.
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s CMD ["/mrq/healthy"]
# Java is process 1, so it receives the signal to stop, and drains.
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-XX:AOTCache=/mrq/mrq.aot", "@/mrq/launch"]
