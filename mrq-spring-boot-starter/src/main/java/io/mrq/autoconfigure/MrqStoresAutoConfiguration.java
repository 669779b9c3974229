package io.mrq.autoconfigure;

import io.mrq.autoconfigure.clock.ClockConfiguration;
import io.mrq.autoconfigure.lifecycle.LifecycleConfiguration;
import io.mrq.autoconfigure.store.StoreConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The stores of MRQ, in the MongoDB and the Redis of the application. */
@AutoConfiguration(after = {DataMongoAutoConfiguration.class, DataRedisAutoConfiguration.class})
@EnableConfigurationProperties(MrqProperties.class)
@Import({LifecycleConfiguration.class, ClockConfiguration.class, StoreConfiguration.class})
public final class MrqStoresAutoConfiguration {}
