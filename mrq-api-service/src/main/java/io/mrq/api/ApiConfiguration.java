package io.mrq.api;

import io.mrq.api.access.AccessProperties;
import io.mrq.api.request.LineLimits;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/**
 * The whole API as one configuration, for this service and for any application that imports it. The
 * application must have the beans that the starter configures: the client and the ports.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, LineLimits.class})
@ComponentScan(
    excludeFilters = {
      @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = MrqApiApplication.class),
      @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class)
    })
public class ApiConfiguration {}
