package io.mrq.api;

import io.mrq.api.access.AccessProperties;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/**
 * The whole API as one configuration, for this service and for any other application that imports
 * it. Such an application brings the beans of {@code io.mrq.client}, as the starter does.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
@ComponentScan(
    excludeFilters = {
      @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = MrqApiApplication.class),
      @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class)
    })
public class ApiConfiguration {}
